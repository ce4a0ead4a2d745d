/** The invitation of a patient whom the desk made: how it stands, a new link, taking it back. */
import type { PatientInvitation, PatientInvitations } from "@consilium/kit/api";
import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AboutPatient } from "../../desk/desk.ts";
import { Loaded } from "../../ui/Loaded.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./Invitation.module.css";
import { InvitationSheet } from "./InvitationSheet.tsx";
import { InvitationStanding } from "./InvitationStanding.tsx";
import { useInvitation, useRenewInvitation, useTakeBackInvitation } from "./useInvitation.ts";

interface InvitationDialogProps {
  /** Null: the dialog is closed. */
  about: AboutPatient | null;
  onClose: () => void;
}

export function InvitationDialog({ about, onClose }: InvitationDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={about !== null}
      onClose={onClose}
      title={t("invitation.title", { name: about?.name ?? "" })}
      size="md"
    >
      {about !== null && <Content key={about.patientId} about={about} onClose={onClose} />}
    </Modal>
  );
}

function Content({ about, onClose }: { about: AboutPatient; onClose: () => void }) {
  const answer = useInvitation(about.patientId);
  return (
    <Loaded answer={answer} rows={3} rowHeight={48}>
      {(state) => <State state={state} about={about} onClose={onClose} />}
    </Loaded>
  );
}

interface StateProps {
  state: PatientInvitations;
  about: AboutPatient;
  onClose: () => void;
}

function State({ state: { invitation, renewable }, about, onClose }: StateProps) {
  const { t } = useTranslation();
  const [made, setMade] = useState<PatientInvitation | null>(null);
  const renew = useRenewInvitation(about.patientId, setMade);
  const takeBack = useTakeBackInvitation(about.patientId, () => setMade(null));
  return (
    <div className={classes.dialog}>
      {invitation === null ? (
        <p>{t("invitation.none")}</p>
      ) : (
        <InvitationStanding invitation={made ?? invitation} />
      )}
      {made !== null && <InvitationSheet invitation={made} name={about.name} />}
      <Refusal error={renew.error ?? takeBack.error} />
      <div className={classes.buttons}>
        {renewable && (
          <Button
            variant={made === null ? "filled" : "default"}
            loading={renew.isPending}
            onClick={() => renew.mutate()}
          >
            {t("invitation.renew")}
          </Button>
        )}
        {(made ?? invitation)?.state === "open" && (
          <Button variant="subtle" color="red" loading={takeBack.isPending} onClick={() => takeBack.mutate()}>
            {t("invitation.takeBack")}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t("invitation.done")}
        </Button>
      </div>
      {renewable && made === null && <p className={classes.hint}>{t("invitation.renewHint")}</p>}
    </div>
  );
}
