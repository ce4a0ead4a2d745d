/** Signs under a message: how many put which, and who; put and taken away by a press where the talk is going on. */
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../brand/formats.ts";
import { SIGNS, sameSign } from "../../matrix/timeline/reactions.ts";
import type { MessageItem, Person, Reaction } from "../../matrix/types.ts";
import { senderName } from "../sender.ts";
import css from "./Reactions.module.css";

/** Their names for who hears the screen, by key under `reaction.sign`. */
const NAMES: Readonly<Record<(typeof SIGNS)[number], string>> = {
  "👍": "yes",
  "❤️": "heart",
  "🙏": "thanks",
  "😊": "glad",
  "😮": "surprised",
  "😢": "sad",
};

export type OnReact = (message: MessageItem, sign: string) => void;

/** Whether a sign may be put under it now. */
export function mayReact(message: MessageItem, onReact: OnReact | undefined): onReact is OnReact {
  return onReact !== undefined && message.canReact && message.eventId !== null;
}

export function ReactionChips({ message, onReact }: { message: MessageItem; onReact: OnReact | undefined }) {
  const { t } = useTranslation("kit");
  if (message.reactions.length === 0) return null;
  return (
    <ul className={css.chips} aria-label={t("reaction.label")}>
      {message.reactions.map((reaction) => (
        <li key={reaction.sign}>
          <Chip
            reaction={reaction}
            onPress={mayReact(message, onReact) ? () => onReact(message, reaction.sign) : null}
          />
        </li>
      ))}
    </ul>
  );
}

/** Without a press it is only shown: what is over is sealed. */
function Chip({ reaction, onPress }: { reaction: Reaction; onPress: (() => void) | null }) {
  const { t } = useTranslation("kit");
  const who = useNames(reaction.people);
  const words = t("reaction.who", { sign: nameOf(reaction.sign, t), who });
  const inside = (
    <>
      <span aria-hidden>{reaction.sign}</span>
      <span aria-hidden className={css.count}>
        {reaction.people.length}
      </span>
    </>
  );
  if (onPress === null) {
    return (
      <span className={css.chip} role="img" aria-label={words} title={words}>
        {inside}
      </span>
    );
  }
  return (
    <button type="button" className={css.chip} aria-pressed={reaction.mine} title={words} onClick={onPress}>
      {inside}
      <span className="unseen">{words}</span>
    </button>
  );
}

/** The signs that can be put, and who put which: on a phone nothing hovers. */
export function ReactionPicker({ message, onReact }: { message: MessageItem; onReact: OnReact }) {
  const { t } = useTranslation("kit");
  return (
    <>
      <div className={css.picker} role="group" aria-label={t("reaction.choose")}>
        {SIGNS.map((sign) => (
          <button
            key={sign}
            type="button"
            className={css.sign}
            aria-label={nameOf(sign, t)}
            title={nameOf(sign, t)}
            aria-pressed={message.reactions.some((one) => one.mine && sameSign(one.sign, sign))}
            onClick={() => onReact(message, sign)}
          >
            <span aria-hidden>{sign}</span>
          </button>
        ))}
      </div>
      {message.reactions.length > 0 && (
        <ul className={css.who}>
          {message.reactions.map(({ sign, people }) => (
            <li key={sign}>
              <Who sign={sign} people={people} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Who({ sign, people }: { sign: string; people: readonly Person[] }) {
  const who = useNames(people);
  return (
    <>
      <span aria-hidden>{sign}</span> {who}
    </>
  );
}

function useNames(people: readonly Person[]): string {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  return formats.list(people.map((who) => (who.kind === "me" ? t("message.you") : senderName(who, t))));
}

/** Another client's sign is its own name. */
function nameOf(sign: string, t: TFunction<"kit">): string {
  const known = SIGNS.find((one) => sameSign(one, sign));
  return known === undefined ? sign : t(`reaction.sign.${NAMES[known]}`);
}
