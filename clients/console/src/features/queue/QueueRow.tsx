/** One row of a live list: who, where, how long. Two lines at most. */
import type { ConsultationRow, ParticipantRole } from "@consilium/kit/api";
import type { ConversationSummary } from "@consilium/kit/matrix";
import { Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import { IconArrowBarUp, IconFlag, IconPlayerPause, IconUsers } from "../../icons.ts";
import { PickBox } from "../../list/PickBox.tsx";
import type { ActionState } from "../../live/actions.ts";
import { mayTakeNow, type Viewer } from "../../live/offers.ts";
import type { QueueSection } from "../../live/sections.ts";
import { whose } from "../../live/whose.ts";
import { Elapsed, When } from "../../ui/Elapsed.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { type RowFate, type RowNote, refusalIn, rowWords } from "./model.ts";
import classes from "./QueueRow.module.css";

export interface QueueRowProps {
  row: ConsultationRow;
  section: QueueSection;
  viewer: Viewer;
  /** As what the operator takes part. */
  role: ParticipantRole | null;
  gone: boolean;
  /** It is not this operator's to see any more. */
  away: boolean;
  current: boolean;
  tabbable: boolean;
  /** It is chosen, to be acted on with others. */
  picked: boolean;
  fresh: boolean;
  summary: ConversationSummary | null;
  action: ActionState | null;
  onPick: (id: string, shift: boolean) => void;
  onTake: (id: string) => void;
  onMenu: (event: MouseEvent, id: string) => void;
}

/** A row has two lines: more tags than this stand in the consultation itself. */
const TAGS_SHOWN = 2;

export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { row, section, viewer, gone, away, current, summary, action } = props;
  const { t } = useTranslation();
  const words = rowWords(row, { section, gone, away, summary, viewer });
  const refusal = refusalIn(action);
  const { age, sex, name, acting } = whose(row);
  const about = [age === null ? null : String(age), sex === null ? null : t(`sexShort.${sex}`)]
    .filter((part) => part !== null)
    .join(" ");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a right click is a second way to what the keys and the head offer
    <div
      className={classes.frame}
      data-current={current}
      data-gone={gone}
      onContextMenu={(event) => props.onMenu(event, row.id)}
    >
      <PickBox
        label={t("bulk.choose", { name })}
        checked={props.picked}
        tabbable={props.tabbable}
        onPick={(shift) => props.onPick(row.id, shift)}
      />
      <Link
        to="/$section/{-$id}"
        params={{ section, id: row.id }}
        search={true}
        className={classes.link}
        aria-current={current ? "true" : undefined}
        tabIndex={props.tabbable ? 0 : -1}
        data-row={row.id}
        data-calls={words.calls}
      >
        <span className={classes.first}>
          <span className={classes.mark} data-fresh={props.fresh} aria-hidden="true" />
          {props.fresh && <span className="unseen">{t("row.new")}</span>}
          <span className={classes.name} title={name}>
            {name}
          </span>
          {about !== "" && <span className={classes.about}>{about}</span>}
          {acting !== null && (
            <span className={classes.acting} title={t("persons.asks", { name: acting.name })}>
              <IconUsers size={14} stroke={2} aria-hidden />
              <span className="unseen">{t("persons.asks", { name: acting.name })}</span>
            </span>
          )}
          {row.red_flag && (
            <span className={classes.flag} title={t("answers.redFlag")}>
              <IconFlag size={14} stroke={2} aria-hidden />
              <span className="unseen">{t("answers.redFlag")}</span>
            </span>
          )}
          {row.priority > 0 && !row.red_flag && section === "waiting" && (
            <span className={classes.raised} title={t("row.raised")}>
              <IconArrowBarUp size={14} stroke={2} aria-hidden />
              <span className="unseen">{t("row.raised")}</span>
            </span>
          )}
          {section === "mine" && props.role !== null && props.role !== "lead" && (
            <Badge size="sm" variant="light" tt="none" className={classes.role}>
              {t(`participantRole.${props.role}`)}
            </Badge>
          )}
          {row.phase === "on_hold" && section === "mine" && (
            <span className={classes.held} title={t("phase.on_hold")}>
              <IconPlayerPause size={14} stroke={2} aria-hidden />
              <span className="unseen">{t("phase.on_hold")}</span>
            </span>
          )}
          <span className={classes.time}>
            {words.runsSince !== null ? (
              <Elapsed since={words.runsSince} />
            ) : (
              words.lastAt !== null && <When at={words.lastAt} />
            )}
          </span>
        </span>
        <span className={classes.second}>
          <span className={classes.note}>
            {refusal !== null ? (
              <span className={classes.refusal}>{refusalText(refusal, t)}</span>
            ) : (
              secondLine(row, words.fate, words.note, t)
            )}
          </span>
          {row.sla !== null && row.sla.level !== "kept" && (
            <span className={classes.sla} data-level={row.sla.level} title={t(`sla.title.${row.sla.target}`)}>
              {t(`sla.${row.sla.target}.${row.sla.level}`)}
            </span>
          )}
          {row.tags.slice(0, TAGS_SHOWN).map((tag) => (
            <TagChip key={tag.id} tag={tag} />
          ))}
          {words.unread > 0 && (
            <Badge
              size="sm"
              circle={words.unread < 10}
              className={classes.unread}
              aria-label={t("unread", { count: words.unread })}
            >
              {words.unread}
            </Badge>
          )}
        </span>
      </Link>
      {mayTakeNow(row, viewer.operatorId) && !gone && (
        <Button
          size="compact-sm"
          variant="filled"
          className={classes.take}
          tabIndex={-1}
          loading={action?.status === "busy" && action.verb === "take"}
          onClick={() => props.onTake(row.id)}
          aria-label={t("row.take", { name })}
        >
          {t("command.take")}
        </Button>
      )}
    </div>
  );
});

function refusalText(refusal: NonNullable<ReturnType<typeof refusalIn>>, t: TFunction): string {
  if (refusal.takenBy !== null) return t("row.takenBy", { name: refusal.takenBy });
  return refusal.offeredTo === null ? refusal.detail : t("row.offeredTo", { name: refusal.offeredTo });
}

function secondLine(row: ConsultationRow, fate: RowFate, note: RowNote, t: TFunction): string {
  if (fate.kind === "taken") return t("row.takenBy", { name: fate.by });
  if (fate.kind === "away") return t("row.away");
  if (fate.kind === "left") return t(`row.left.${fate.phase}`);
  const words = noteText(note, t);
  if (note.kind === "last-message" || note.kind === "attachment") return words;
  return words === "" ? row.queue.name : `${row.queue.name} · ${words}`;
}

function noteText(note: RowNote, t: TFunction): string {
  switch (note.kind) {
    case "offer":
      if (note.seen.kind === "mine") return t("row.offeredMine");
      return note.seen.name === null ? t("row.offered") : t("row.offeredTo", { name: note.seen.name });
    case "transfer":
      return note.note === ""
        ? t("row.transferred", { name: note.from })
        : t("row.transferredNote", { name: note.from, note: note.note });
    case "lost":
      return t("row.lost", { name: note.from });
    case "previous":
      return t("row.previous", { name: note.name });
    case "lead":
      return note.name;
    case "last-message":
      return note.mine ? t("row.youSaid", { text: note.text }) : note.text;
    case "attachment":
      return note.mine ? t("row.youSentFile") : t("row.sentFile");
    case "none":
      return "";
  }
}
