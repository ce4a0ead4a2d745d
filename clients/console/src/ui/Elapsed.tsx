/** A running span in tabular figures, and a moment as short as stays clear. */
import { fullWhen, shortWhen, useFormats, useRegion } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { isoDuration, secondsSince } from "../format.ts";
import { useMinute, useNow } from "../live/hooks.ts";

const DAY_SECONDS = 86_400;

export function Elapsed({ since, className }: { since: string; className?: string }) {
  const now = useNow();
  const { t } = useTranslation();
  const { clock } = useFormats();
  const seconds = secondsSince(since, now);
  const text =
    seconds >= 2 * DAY_SECONDS ? t("days", { count: Math.floor(seconds / DAY_SECONDS) }) : clock(seconds);
  return (
    <time dateTime={isoDuration(seconds)} className={className}>
      {text}
    </time>
  );
}

export function When({ at, className }: { at: string; className?: string }) {
  const now = useMinute();
  const locale = useRegion();
  return (
    <time dateTime={at} title={fullWhen(at, locale)} className={className}>
      {shortWhen(at, now, locale)}
    </time>
  );
}
