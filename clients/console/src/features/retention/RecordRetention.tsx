/** How long a record is kept: its class and time, what holds it, and for supervisors the ways to hold and to erase it. */
import type { ArchiveRecord } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconLock, IconTrash } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { HoldCard } from "./HoldCard.tsx";
import classes from "./Retention.module.css";
import { HOLDS_KEY } from "./useRetention.ts";

const HOLDS_MAX = 100;

export function RecordRetention({ record }: { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { me } = useConsole();
  const { retention, held } = record;
  return (
    <div className={classes.keeping}>
      <Facts
        facts={[
          { name: t("retention.class"), value: retention?.class.name ?? null },
          {
            name: t("retention.keptUntil"),
            value: retention === null ? t("retention.forEver") : date(retention.due_at),
          },
          { name: t("retention.heldFact"), value: t(held ? "retention.yes" : "retention.no") },
        ]}
      />
      <p className={classes.muted}>{t("retention.keptText")}</p>
      {me.role === "supervisor" && <Acts record={record} />}
    </div>
  );
}

function Acts({ record }: { record: ArchiveRecord }) {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { api } = useConsole();
  const { dialog } = useDesk();
  const { consultation, held } = record;
  const { id, patient } = consultation;
  const { data } = useQuery({
    queryKey: [HOLDS_KEY, "of", patient.id],
    queryFn: () => api.retention.holds({ patient: patient.id, limit: HOLDS_MAX }),
    enabled: held,
  });
  const holds = (data?.items ?? []).filter(
    (hold) => hold.consultation === null || hold.consultation.id === id,
  );
  const about = `${consultation.queue.name}, ${date(consultation.requested_at)}`;
  return (
    <>
      {held && holds.length > 0 && (
        <ul className={classes.holds} aria-label={t("retention.list.holds")}>
          {holds.map((hold) => (
            <li key={hold.id}>
              <HoldCard hold={hold} />
            </li>
          ))}
        </ul>
      )}
      <div className={classes.buttons}>
        <Button
          variant="default"
          leftSection={<IconLock size={16} stroke={1.75} />}
          onClick={() => dialog.set({ kind: "hold", on: { consultationId: id }, name: patient.name })}
        >
          {t("retention.place")}
        </Button>
        <Button
          variant="default"
          className={classes.danger}
          leftSection={<IconTrash size={16} stroke={1.75} />}
          disabled={held}
          onClick={() =>
            dialog.set({ kind: "erase-record", wish: { consultationId: id, name: patient.name, about } })
          }
        >
          {t("retention.erase")}
        </Button>
      </div>
      {held && <p className={classes.muted}>{t("retention.heldNoErase")}</p>}
    </>
  );
}
