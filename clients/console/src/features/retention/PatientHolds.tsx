/** The legal holds on a patient, on his card: for supervisors. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconLock } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { HoldCard } from "./HoldCard.tsx";
import classes from "./Retention.module.css";
import { HOLDS_KEY } from "./useRetention.ts";

const HOLDS_MAX = 100;

export function PatientHolds({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { api, me } = useConsole();
  const { dialog } = useDesk();
  const isSupervisor = me.role === "supervisor";
  const { data } = useQuery({
    queryKey: [HOLDS_KEY, "of", patientId],
    queryFn: () => api.retention.holds({ patient: patientId, limit: HOLDS_MAX }),
    enabled: isSupervisor,
  });
  if (!isSupervisor || data === undefined) return null;
  return (
    <section className={classes.ofPatient} aria-label={t("retention.ofPatient")}>
      <h3>
        {t("retention.ofPatient")} <span className={classes.muted}>{data.total}</span>
      </h3>
      {data.items.length > 0 && (
        <ul className={classes.holds}>
          {data.items.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} />
            </li>
          ))}
        </ul>
      )}
      <Button
        variant="default"
        size="sm"
        leftSection={<IconLock size={16} stroke={1.75} />}
        onClick={() => dialog.set({ kind: "hold", on: { patientId }, name: "" })}
      >
        {t("retention.placeOnPatient")}
      </Button>
    </section>
  );
}
