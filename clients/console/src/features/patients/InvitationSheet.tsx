/** The link of an invitation, this once: as a picture, as text, to copy, to print. What is printed is what the patient takes home. */
import type { PatientInvitation } from "@consilium/kit/api";
import { useBrand, useFormats } from "@consilium/kit/brand";
import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconCheck, IconCopy, IconPrinter } from "../../icons.ts";
import { QrPicture } from "../../ui/QrPicture.tsx";
import classes from "./Invitation.module.css";

interface InvitationSheetProps {
  invitation: PatientInvitation;
  /** Whom it invites. */
  name: string;
}

export function InvitationSheet({ invitation, name }: InvitationSheetProps) {
  const { t } = useTranslation();
  const { name: service } = useBrand();
  const { dayTime } = useFormats();
  const { link, qr } = invitation;
  if (link === null || qr === null) return null;
  return (
    <>
      <section className={classes.sheet} aria-label={t("invitation.sheet")} data-printed-alone>
        <figure>
          <QrPicture code={qr} label={t("invitation.qr")} />
        </figure>
        <div className={classes.words}>
          <p className={classes.name}>{t("invitation.for", { name, service })}</p>
          <p>{t("invitation.how")}</p>
          <p className={classes.link} data-testid="invitation-link" translate="no">
            {link}
          </p>
          <p>{t("invitation.until", { when: dayTime(invitation.expires_at) })}</p>
          <p>
            {t("invitation.login")}{" "}
            <span className={classes.login} translate="no">
              {invitation.login}
            </span>
          </p>
        </div>
      </section>
      <div className={classes.buttons}>
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={
                copied ? <IconCheck size={16} stroke={1.75} /> : <IconCopy size={16} stroke={1.75} />
              }
              onClick={copy}
            >
              {t(copied ? "copied" : "invitation.copy")}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} stroke={1.75} />}
          onClick={() => window.print()}
        >
          {t("invitation.print")}
        </Button>
      </div>
    </>
  );
}
