/** A finished consultation inside the dialogue, folded: when, with whom, how much was said; one press shows it. */
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import type { ClosedItem } from "../matrix/types.ts";
import css from "./ClosedConsultation.module.css";
import { IconChevronDown, IconCircleCheck } from "./icons.ts";

export function ClosedConsultation({ item, onToggle }: { item: ClosedItem; onToggle: () => void }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const names = formats.list(item.people.map((person) => person.name));
  return (
    <div className={css.frame}>
      <button type="button" className={css.card} aria-expanded={item.open} onClick={onToggle}>
        <IconCircleCheck className={css.icon} size={24} stroke={1.75} aria-hidden />
        <span className={css.words}>
          <strong className={css.title}>{names === "" ? t("closed.title") : names}</strong>
          <span className={css.facts}>
            <time dateTime={new Date(item.startedAt).toISOString()}>{formats.day(item.startedAt)}</time>
            <span>{t("closed.messages", { count: item.messages })}</span>
          </span>
        </span>
        <span className={css.toggle}>
          {t(item.open ? "closed.hide" : "closed.show")}
          <IconChevronDown className={css.chevron} size={20} stroke={1.75} aria-hidden />
        </span>
      </button>
    </div>
  );
}
