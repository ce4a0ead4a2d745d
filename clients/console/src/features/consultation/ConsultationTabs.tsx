/** Own consultations side by side, with what is unread in each. */
import type { ConsultationRow } from "@consilium/kit/api";
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconPlayerPause, IconX } from "../../icons.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { openConsultation } from "../../live/route.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import classes from "./ConsultationTabs.module.css";

export function ConsultationTabs() {
  const { t } = useTranslation();
  const { tabs, place, showTab, closeTab } = useDesk();
  const { engine } = useConsole();
  const board = useBoard();
  const summaries = useReadable(engine.conversations);
  const openId = openConsultation(place);
  const rows = tabs.ids.flatMap((id) => {
    const row = board.rows.get(id);
    return row === undefined ? [] : [row];
  });
  if (rows.length < 1 || (rows.length === 1 && rows[0]?.id === openId)) return null;
  /** One patient's consultations are told apart by their services. */
  const alike = (row: ConsultationRow) =>
    rows.some((other) => other.id !== row.id && whoseName(other) === whoseName(row));
  return (
    <nav className={classes.tabs} aria-label={t("tabs.label")}>
      {rows.map((row) => {
        const unread = row.id === openId ? 0 : (summaries.get(row.room_id)?.unread ?? 0);
        const current = row.id === openId;
        return (
          <div key={row.id} className={classes.tab} data-current={current}>
            <button
              type="button"
              className={classes.name}
              aria-current={current ? "true" : undefined}
              onClick={() => showTab(row.id)}
            >
              {row.phase === "on_hold" && <IconPlayerPause size={14} stroke={2} aria-hidden />}
              <span className={classes.words} title={whoseName(row)}>
                {whoseName(row)}
                {alike(row) && ` · ${row.queue.name}`}
              </span>
              {unread > 0 && (
                <span className={classes.unread}>
                  {unread}
                  <span className="unseen"> {t("unreadWord")}</span>
                </span>
              )}
            </button>
            <ActionIcon
              size="md"
              variant="subtle"
              color="gray"
              aria-label={t("tabs.close", { name: whoseName(row) })}
              onClick={() => closeTab(row.id)}
            >
              <IconX size={14} stroke={2} />
            </ActionIcon>
          </div>
        );
      })}
    </nav>
  );
}
