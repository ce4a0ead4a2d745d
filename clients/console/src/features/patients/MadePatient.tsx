/** A patient was made: his link to give away, and what can be begun for him at once. */
import type { PatientInvitation, PatientMade } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { useFocusHere } from "../../ui/useFocusHere.ts";
import classes from "./Invitation.module.css";
import { InvitationSheet } from "./InvitationSheet.tsx";
import { useRenewInvitation } from "./useInvitation.ts";

interface MadePatientProps {
  made: PatientMade;
  name: string;
  onClose: () => void;
}

export function MadePatient({ made, name, onClose }: MadePatientProps) {
  const { t } = useTranslation();
  const { dialog, open } = useDesk();
  const [invitation, setInvitation] = useState<PatientInvitation | null>(made.invitation);
  const renew = useRenewInvitation(made.id, setInvitation);
  const about = { patientId: made.id, name };
  const isShown = invitation !== null && invitation.link !== null;
  const place = useFocusHere<HTMLDivElement>();
  return (
    <div ref={place} className={classes.dialog}>
      <p>{t(isShown ? "invitation.madeText" : "invitation.lostText")}</p>
      {invitation !== null && <InvitationSheet invitation={invitation} name={name} />}
      <Refusal error={renew.error} />
      <div className={classes.buttons}>
        {!isShown && (
          <Button loading={renew.isPending} onClick={() => renew.mutate()}>
            {t("invitation.renew")}
          </Button>
        )}
        <Button variant="default" onClick={() => dialog.set({ kind: "open-for", what: "callback", about })}>
          {t("openFor.callback.button")}
        </Button>
        <Button
          variant="default"
          onClick={() => dialog.set({ kind: "open-for", what: "consultation", about })}
        >
          {t("openFor.consultation.button")}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            onClose();
            open(made.id, "patients");
          }}
        >
          {t("invitation.toCard")}
        </Button>
      </div>
    </div>
  );
}
