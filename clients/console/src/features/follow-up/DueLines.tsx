/** What one wanted to come back to and whose time has come: over the desk until it is done or put off. */
import type { FollowUp } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAttention } from "../../attention/AttentionContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlarm } from "../../icons.ts";
import { useDueFollowUps } from "../../live/follow-ups.ts";
import { useBoard } from "../../live/hooks.ts";
import { sectionOf } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./FollowUps.module.css";
import { useActs } from "./useFollowUps.ts";
import { PutOffMenu } from "./words.tsx";

/** More than this are one line that counts them. */
const SHOWN_MAX = 2;

export function DueLines() {
  const { t } = useTranslation();
  const { attention } = useAttention();
  const { dialog, goSection, place } = useDesk();
  const { items, total } = useDueFollowUps();
  const open = useOpen();
  const { act, busy } = useActs();
  // In the list itself they stand anyway; what was looked at there says nothing more here.
  const shown = items
    .filter(({ id, due_at: at }) => attention.due.has(`due|${id}|${at}`))
    .slice(0, SHOWN_MAX);
  if (shown.length === 0 || place.section === "follow-ups") return null;
  return (
    <ul className={classes.lines} aria-label={t("followUps.dueLabel")} aria-live="polite">
      {shown.map((followUp) => (
        <li key={followUp.id} className={classes.dueLine}>
          <IconAlarm size={18} stroke={1.75} aria-hidden />
          <span className={classes.dueWords}>
            {followUp.note === null
              ? t("followUps.comeBack", { name: followUp.patient.name })
              : t("followUps.comeBackFor", { name: followUp.patient.name, note: followUp.note })}{" "}
            <When at={followUp.due_at} className={classes.muted} />
          </span>
          <div className={classes.dueActs}>
            <Button size="compact-sm" onClick={() => open(followUp)}>
              {t("followUps.open")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={busy === followUp.id}
              onClick={() => act({ kind: "done", followUp })}
            >
              {t("followUps.done")}
            </Button>
            <PutOffMenu
              onChoose={(until) => act({ kind: "put-off", followUp, until })}
              onOther={() => dialog.set({ kind: "follow-up", wish: { followUp } })}
            >
              <Button size="compact-sm" variant="subtle" color="gray">
                {t("followUps.putOff")}
              </Button>
            </PutOffMenu>
            {total === 1 && <Understood />}
          </div>
        </li>
      ))}
      {total > 1 && (
        <li className={classes.dueLine}>
          {total > shown.length && (
            <span className={classes.dueWords}>{t("followUps.more", { count: total - shown.length })}</span>
          )}
          <div className={classes.dueActs}>
            <Button size="compact-sm" variant="subtle" onClick={() => goSection("follow-ups")}>
              {t("followUps.all")}
            </Button>
            <Understood />
          </div>
        </li>
      )}
    </ul>
  );
}

function Understood() {
  const { t } = useTranslation();
  const { acknowledgeDue } = useAttention();
  return (
    <Button size="compact-sm" variant="subtle" color="gray" onClick={acknowledgeDue}>
      {t("understood")}
    </Button>
  );
}

/** The consultation where it is live, else the patient's card. */
export function useOpen(): (followUp: FollowUp) => void {
  const { me } = useConsole();
  const { rows } = useBoard();
  const { open } = useDesk();
  return ({ patient }) => {
    const live = [...rows.values()].find((row) => row.patient.id === patient.id && row.ended_at === null);
    const section = live === undefined ? null : sectionOf(live, me.operator?.id ?? null);
    if (live !== undefined && section !== null) open(live.id, section);
    else open(patient.id, "patients");
  };
}
