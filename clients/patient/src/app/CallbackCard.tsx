/** The call-back that is ordered, as home and conversation show it: who calls, when, and the way to its own screen. */
import type { Callback } from "@consilium/kit/api";
import { ownZone, sameClock, useFormats } from "@consilium/kit/brand";
import { IconChevronRight, IconPhoneCall, IconPhoneX } from "@consilium/kit/ui/icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import css from "./CallbackCard.module.css";
import { titleKey, whenLine } from "./callbacks.ts";
import { paths } from "./paths.ts";

export function CallbackCard({ callback, place }: { callback: Callback; place: "home" | "talk" }) {
  const { t } = useTranslation();
  const { title, line } = useCallbackWords(callback);
  const { phase } = callback;
  const Icon = phase === "no_answer" ? IconPhoneX : IconPhoneCall;
  return (
    <Link className={css.card} data-place={place} data-phase={phase} href={paths.callback(callback.id)}>
      <span className={css.icon}>
        <Icon size={26} stroke={1.75} aria-hidden />
      </span>
      <span className={css.words}>
        {place === "home" && <span className={css.kicker}>{callback.queue.name}</span>}
        <strong className={css.title}>{title}</strong>
        <span className={css.line}>{line}</span>
        {place === "talk" && phase !== "calling" && <span className={css.more}>{t("callback.change")}</span>}
      </span>
      {place === "home" && <IconChevronRight size={24} stroke={1.75} aria-hidden />}
    </Link>
  );
}

/** Title and line of where it stands. Moments are told by the clock of the order, which is nearly always the reader's. */
export function useCallbackWords(callback: Callback): { title: string; line: string } {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useMinute();
  const { time_zone: zone } = callback;
  const title = t(titleKey(callback), { name: callback.operator?.name ?? "" });
  const foreign = (at: string) => (sameClock(zone, ownZone(), at) ? "" : ` (${formats.zone(zone, at)})`);
  const when = whenLine(callback, now);
  switch (when.kind) {
    case "window":
      return {
        title,
        line: t("callback.when.window", { when: formats.window(when, zone) + foreign(when.start) }),
      };
    case "soon":
      return {
        title,
        line: t("callback.when.soon", { until: formats.dayTime(when.until, zone) + foreign(when.until) }),
      };
    case "again":
      return {
        title,
        line: t("callback.when.again", { at: formats.dayTime(when.at, zone) + foreign(when.at) }),
      };
    case "late":
      return { title, line: t("callback.when.late") };
    case "answer":
      return { title, line: t(`callback.when.${when.by}`) };
    case "ended":
      return { title, line: formats.dayTime(when.at) };
  }
}

/** A minute of the clock, so that «late» comes by itself. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
