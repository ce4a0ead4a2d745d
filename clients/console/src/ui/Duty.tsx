/** Whether somebody is on duty by his schedule, in words that follow the clock. */
import type { Operator } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { dutyAt } from "../live/duty.ts";
import { useMinute } from "../live/hooks.ts";

type Times = Operator["duty"];

/** «On duty now, until 13:00» */
export function DutySentence({ times }: { times: Times }) {
  const { t } = useTranslation();
  const { time, dayTime } = useFormats();
  const today = useToday();
  const duty = dutyAt(times, useMinute());
  switch (duty.kind) {
    case "none":
      return t("operators.schedule.none");
    case "now":
      return t("operators.schedule.now", { until: time(duty.until) });
    case "today":
      return t("operators.schedule.onToday", { times: today(duty.today) });
    case "over":
      return t("operators.schedule.overToday", { times: today(duty.today) });
    case "off":
      return duty.next === null
        ? t("operators.schedule.off")
        : t("operators.schedule.offUntil", { next: dayTime(duty.next) });
  }
}

/** «09:00–13:00, 14:00–18:00»: what a list has room for. */
export function DutyToday({ times }: { times: Times }) {
  const { t } = useTranslation();
  const today = useToday();
  const duty = dutyAt(times, useMinute());
  if (duty.kind === "none") return "—";
  return duty.kind === "off" ? t("operators.schedule.closed") : today(duty.today);
}

function useToday(): (times: readonly { start: string; end: string }[]) => string {
  const { time } = useFormats();
  return (times) => times.map(({ start, end }) => `${time(start)}–${time(end)}`).join(", ");
}
