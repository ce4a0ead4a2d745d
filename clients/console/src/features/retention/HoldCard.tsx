/** One legal hold: on what, why, by whom, and the way to lift it. */
import type { LegalHold } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Anchor, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import classes from "./Retention.module.css";

/** `named`: with the patient's name, which is known where the card is his. */
export function HoldCard({ hold, named = false }: { hold: LegalHold; named?: boolean }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { dialog, open } = useDesk();
  const { consultation, patient, lifted } = hold;
  return (
    <article className={classes.hold} aria-label={t("retention.holdOn", { name: patient.name })}>
      {named && <strong>{patient.name}</strong>}
      <span>
        {consultation === null ? (
          t("retention.allRecords")
        ) : (
          <Anchor component="button" type="button" onClick={() => open(consultation.id)}>
            {consultation.queue.name}, {date(consultation.requested_at)}
          </Anchor>
        )}
      </span>
      <p>{hold.reason}</p>
      <span className={classes.muted}>
        {t("retention.placedBy", { name: hold.placed_by.name, when: date(hold.placed_at) })}
      </span>
      {lifted === null ? (
        <Button
          variant="default"
          size="xs"
          className={classes.act}
          onClick={() => dialog.set({ kind: "lift-hold", hold })}
        >
          {t("retention.lift")}
        </Button>
      ) : (
        <span className={classes.muted}>
          {t("retention.liftedBy", { name: lifted.by.name, when: date(lifted.at), reason: lifted.reason })}
        </span>
      )}
    </article>
  );
}
