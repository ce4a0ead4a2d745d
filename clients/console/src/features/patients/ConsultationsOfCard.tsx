/** The consultations on a card, newest first; one press opens each. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { PdfButton } from "../../ui/PdfButton.tsx";
import classes from "./PatientPanel.module.css";

interface ConsultationsOfCardProps {
  rows: readonly ConsultationRow[];
  /** Says of each for whom it was, where that is not the patient himself. */
  saysWhose?: boolean;
}

export function ConsultationsOfCard({ rows, saysWhose = false }: ConsultationsOfCardProps) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const go = (row: ConsultationRow) => {
    if (row.phase === "queued") open(row.id, "waiting");
    else if (row.phase === "active") open(row.id, "active");
    else if (row.phase === "on_hold") open(row.id, "on-hold");
    else if (row.phase === "archived") open(row.id, "archive");
  };
  return (
    <div className={classes.consultations}>
      <h3>
        {t("patients.consultationsTitle")} <span className={classes.count}>{rows.length}</span>
      </h3>
      {rows.length === 0 && <p className={classes.hint}>{t("patients.noConsultations")}</p>}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.consultation}
              onClick={() => go(row)}
              disabled={row.phase === "cancelled" || row.phase === "abandoned"}
            >
              <span className={classes.line}>
                <span className={classes.queue}>
                  {saysWhose && row.person !== null
                    ? `${row.queue.name} · ${row.person.name}`
                    : row.queue.name}
                </span>
                <When at={row.requested_at} className={classes.when} />
              </span>
              <span className={classes.line}>
                <span className={classes.lead}>
                  {row.participants[0]?.name ?? row.previous_operator?.name ?? "—"}
                </span>
                <span className={classes.phase} data-phase={row.phase}>
                  {t(`phase.${row.phase}`)}
                </span>
              </span>
            </button>
            {row.conclusion !== null && (
              <div className={classes.pdf}>
                <PdfButton
                  consultationId={row.id}
                  label={t("conclusion.openPdf")}
                  about={t("conclusion.numbered", row.conclusion)}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
