/** Words of a call-back that list and card share: when it is wanted, when it is due, where it stands. */
import type { CallbackRow } from "@consilium/kit/api";
import { ownZone, useFormats } from "@consilium/kit/brand";
import { useTranslation } from "react-i18next";
import { useNow } from "../../live/hooks.ts";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./Callbacks.module.css";
import { dueWords, spanOf, stateKey } from "./model.ts";

/** In the operator's own time; `null` window: as soon as possible. */
export function useWhenText(): (row: CallbackRow) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ window }) => (window === null ? t("callbacks.soon") : formats.window(window, ownZone()));
}

export function Due({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const due = dueWords(row, useNow());
  const span = (ms: number) => {
    const { unit, count } = spanOf(ms);
    return t(`callbacks.span.${unit}`, { count });
  };
  switch (due.kind) {
    case "ended":
      return <When at={row.ended_at ?? row.phase_since} className={classes.muted} />;
    case "late":
      return (
        <strong className={classes.due} data-kind="late">
          {t("callbacks.due.late", { span: span(due.sinceMs) })}
        </strong>
      );
    case "soon":
      return (
        <strong className={classes.due} data-kind="soon">
          {t("callbacks.due.soon", { span: span(due.inMs) })}
        </strong>
      );
    case "from":
    case "by":
      return (
        <span className={classes.due}>
          {t(`callbacks.due.${due.kind}`, { at: formats.dayTime(due.at, ownZone()) })}
        </span>
      );
  }
}

export function State({ row }: { row: CallbackRow }) {
  const { t } = useTranslation();
  const holder = row.phase === "taken" || row.phase === "calling" ? row.operator : null;
  return (
    <span className={classes.state} data-phase={row.phase}>
      {t(stateKey(row))}
      {holder !== null && <span className={classes.muted}> · {holder.name}</span>}
    </span>
  );
}

/** Whom it is about, where that is not who is called; null: it is. */
export function aboutWhom(row: Pick<CallbackRow, "person" | "for_name">): string | null {
  return row.person?.name ?? row.for_name ?? null;
}

/** Who is to be called. Of an old call-back, whose personal data are not kept, when they were erased. */
export function Who({ row }: { row: Pick<CallbackRow, "name" | "erased_at"> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (row.name !== "" || typeof row.erased_at !== "string") return row.name;
  return (
    <span className={classes.erased}>
      {t("callbacks.erased", { at: formats.day(row.erased_at, ownZone()) })}
    </span>
  );
}
