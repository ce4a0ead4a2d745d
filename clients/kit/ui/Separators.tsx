/** What stands between messages: a day, what became of a consultation, where the new ones begin, where they came from. */
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import type { AbsenceItem, ConsultationItem, DayItem, WhomItem } from "../matrix/types.ts";
import {
  IconCircleCheck,
  IconCircleX,
  IconHistory,
  IconMessageCircle,
  IconPlayerPause,
  IconUser,
} from "./icons.ts";
import css from "./Separators.module.css";

export function DaySeparator({ item }: { item: DayItem }) {
  const formats = useFormats();
  const day = formats.day(item.at);
  return (
    <div className={css.day} role="separator" aria-label={day}>
      <span>{day}</span>
    </div>
  );
}

export function UnreadSeparator() {
  const { t } = useTranslation("kit");
  return (
    <div className={css.unread} role="separator" aria-label={t("list.unread")}>
      <span>{t("list.unread")}</span>
    </div>
  );
}

/** The messages below came from the brand's own keeping, not from the sender's device: a fact, not a warning. */
export function HandedOverSeparator() {
  const { t } = useTranslation("kit");
  return (
    <p className={css.handedOver}>
      <IconHistory size={18} stroke={1.75} aria-hidden />
      <span>{t("trust.handed-over")}</span>
    </p>
  );
}

/** It was corrected whom the consultation is about; who that is stands over the talk. */
export function WhomSeparator({ item }: { item: WhomItem }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  return (
    <div className={css.consultation}>
      <IconUser size={18} stroke={1.75} aria-hidden />
      <span>{t("consultation.whomCorrected")}</span>
      <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
    </div>
  );
}

/** Somebody is gone, the specialist or the patient: what that means, in a sentence. */
export function AbsenceSeparator({ item }: { item: AbsenceItem }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  return (
    <div className={css.consultation}>
      <IconMessageCircle size={18} stroke={1.75} aria-hidden />
      <span>{t(`absence.${item.of}`)}</span>
      <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
    </div>
  );
}

export function ConsultationSeparator({ item }: { item: ConsultationItem }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const names = formats.list(item.people.map((person) => person.name));
  const text =
    names === ""
      ? t(`consultation.${item.change}`)
      : t(`consultation.${item.change}By`, { names, count: item.people.length });
  return (
    <div className={css.consultation} data-change={item.change}>
      <Icon change={item.change} />
      <span>{text}</span>
      <time dateTime={new Date(item.at).toISOString()}>{formats.time(item.at)}</time>
    </div>
  );
}

function Icon({ change }: { change: ConsultationItem["change"] }) {
  const props = { size: 18, stroke: 1.75, "aria-hidden": true } as const;
  if (change === "taken" || change === "joined" || change === "left") return <IconUser {...props} />;
  if (change === "held") return <IconPlayerPause {...props} />;
  if (change === "archived") return <IconCircleCheck {...props} />;
  if (change === "cancelled" || change === "abandoned") return <IconCircleX {...props} />;
  return <IconMessageCircle {...props} />;
}
