/** A call in the conversation: which one, how it ended, how long it took, and one way on where there is one. */

import { useTranslation } from "react-i18next";
import type { CallSide } from "../../api/index.ts";
import { clock, useFormats } from "../../brand/formats.ts";
import type { CallItem } from "../../matrix/types.ts";
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhoneX, IconVideo } from "../icons.ts";
import css from "./CallLine.module.css";
import { lineTitle } from "./words.ts";

export interface CallLineProps {
  item: CallItem;
  /** The reader's side: «missed» and «nobody answered» are one call from two ends. */
  side: CallSide | null;
  /** Who called, where the line has to say it by name. */
  caller?: string | null;
  /** «Call me back», «Call again». */
  action?: { label: string; onPress: () => void } | null;
}

export function CallLine({ item, side, caller = null, action }: CallLineProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const isMissed = side !== null && item.callerSide !== side && MISSED.includes(item.outcome);
  return (
    <div className={css.line} data-missed={isMissed}>
      <p className={css.words}>
        <CallIcon item={item} side={side} />
        <span className={css.what}>
          <span>{t(lineTitle(item, side))}</span>
          {caller !== null && <span>{t("callLine.caller", { name: caller })}</span>}
        </span>
        {item.seconds > 0 && (
          <span className={css.length} title={t("callLine.length", { time: clock(item.seconds) })}>
            {clock(item.seconds)}
          </span>
        )}
        <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
      </p>
      {action !== undefined && action !== null && (
        <button type="button" className={css.action} onClick={action.onPress}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
          {action.label}
        </button>
      )}
    </div>
  );
}

const MISSED: readonly CallItem["outcome"][] = ["missed", "cancelled", "busy"];

function CallIcon({ item, side }: { item: CallItem; side: CallSide | null }) {
  const props = { size: 20, stroke: 1.75, "aria-hidden": true } as const;
  if (item.outcome !== "completed") return <IconPhoneX {...props} />;
  if (item.call === "video") return <IconVideo {...props} />;
  if (side === null) return <IconPhone {...props} />;
  return item.callerSide === side ? <IconPhoneOutgoing {...props} /> : <IconPhoneIncoming {...props} />;
}
