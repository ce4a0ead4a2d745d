/** How an invitation stands, in words; and the part of a card that says so. */
import type { PatientCard, PatientInvitation } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconMail, IconMessageCircle, IconPhoneOutgoing } from "../../icons.ts";
import classes from "./Invitation.module.css";
import { useInvitation } from "./useInvitation.ts";

export function InvitationStanding({ invitation }: { invitation: PatientInvitation }) {
  const { t } = useTranslation();
  const { dayTime } = useFormats();
  const { state, login, made_by: by, expires_at: until, used_at: used } = invitation;
  const when = dayTime(state === "used" && used !== null ? used : until);
  return (
    <>
      <p>{t(`invitation.state.${state}`, { when })}</p>
      <p className={classes.hint}>
        {t("invitation.about", { login, by, made: dayTime(invitation.made_at) })}
      </p>
    </>
  );
}

/** Nothing where the patient came by himself. */
export function InvitationOfCard({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const id = useId();
  const invitation = useInvitation(card.id).data?.invitation ?? null;
  if (invitation === null || card.deleted_at !== null) return null;
  return (
    <section className={classes.dialog} aria-labelledby={id}>
      <h3 id={id}>{t("invitation.section")}</h3>
      <InvitationStanding invitation={invitation} />
      {invitation.state !== "used" && (
        <div className={classes.buttons}>
          <Button
            variant="default"
            size="sm"
            leftSection={<IconMail size={16} stroke={1.75} />}
            onClick={() => dialog.set({ kind: "invitation", about: { patientId: card.id, name: card.name } })}
          >
            {t("invitation.open")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** What the desk begins for who asks by telephone or at the counter. */
export function OpeningsOfCard({ card }: { card: PatientCard }) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  if (card.deleted_at !== null) return null;
  const about = { patientId: card.id, name: card.name };
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconPhoneOutgoing size={16} stroke={1.75} />}
        onClick={() => dialog.set({ kind: "open-for", what: "callback", about })}
      >
        {t("openFor.callback.button")}
      </Button>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconMessageCircle size={16} stroke={1.75} />}
        onClick={() => dialog.set({ kind: "open-for", what: "consultation", about })}
      >
        {t("openFor.consultation.button")}
      </Button>
    </div>
  );
}
