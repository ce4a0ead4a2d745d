/** When somebody is on duty: his week, and the zone that it is written in. */
import { useBrand } from "@consilium/kit/brand";
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { HoursEditor } from "../../ui/HoursEditor.tsx";
import { refusedDay } from "../../ui/week.ts";
import type { OperatorForm } from "./model.ts";
import classes from "./OperatorDialog.module.css";

interface ScheduleFieldsProps {
  form: OperatorForm;
  errorOf: (field: string) => string | undefined;
  refused: ReadonlyMap<string, string>;
  change: (part: Partial<OperatorForm>) => void;
}

export function ScheduleFields({ form, errorOf, refused, change }: ScheduleFieldsProps) {
  const { t } = useTranslation();
  const brand = useBrand();
  // The service names a time by its place among those that were sent.
  const refusedOf = (field: string) =>
    [...refused].find(([place]) => refusedDay(place, form.hours) === field)?.[1];
  return (
    <section aria-labelledby="operator-schedule">
      <p className={classes.label} id="operator-schedule">
        {t("operators.hours")}
      </p>
      <p className={classes.about}>{t("operators.schedule.hint")}</p>
      <div className={classes.schedule}>
        <HoursEditor
          value={form.hours}
          words={{
            which: t("operators.schedule.which"),
            always: t("operators.schedule.always"),
            closed: t("operators.schedule.closed"),
            noTimes: t("operators.schedule.noTimes"),
          }}
          errorOf={(field) => errorOf(field) ?? refusedOf(field)}
          onChange={(hours) => change({ hours })}
        />
        {(form.hours.length > 0 || form.timeZone !== "") && (
          <TextInput
            label={t("operators.time_zone")}
            description={t("operators.schedule.zoneHint", { zone: brand.time_zone })}
            placeholder={brand.time_zone}
            value={form.timeZone}
            error={errorOf("timeZone")}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
    </section>
  );
}
