/** What can be done at once with consultations that are chosen: each press opens a form that says what becomes of how many. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import type { BulkKind } from "../desk/desk.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import type { Selecting } from "./useSelection.ts";

interface BulkButtonsProps {
  kinds: readonly BulkKind[];
  /** Of the list; those that are chosen are acted on. */
  rows: readonly ConsultationRow[];
  selecting: Selecting;
}

/** What waits is put in order by supervisors alone. */
const FOR_SUPERVISORS: readonly BulkKind[] = ["raise", "lower"];

export function BulkButtons({ kinds, rows, selecting }: BulkButtonsProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { dialog } = useDesk();
  const { ids, settle } = selecting;
  const isSupervisor = me.role === "supervisor";
  const open = (kind: BulkKind) =>
    dialog.set({
      kind: "bulk",
      wish: { of: "consultations", kind, rows: rows.filter(({ id }) => ids.has(id)), settle },
    });
  return kinds
    .filter((kind) => isSupervisor || !FOR_SUPERVISORS.includes(kind))
    .map((kind) => (
      <Button key={kind} size="compact-sm" variant="default" onClick={() => open(kind)}>
        {t(`bulk.act.${kind}`)}
      </Button>
    ));
}
