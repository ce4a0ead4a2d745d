/** Days on which queues are closed: each year, or once. */
import type { HolidaySettings } from "@consilium/kit/api";
import { ActionIcon, Button, Checkbox, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconPlus, IconX } from "../../icons.ts";
import { FieldGroup, type FormProps, LocalizedField } from "./fields.tsx";
import type { Holidays } from "./model.ts";
import classes from "./Settings.module.css";

/** A leap year, so that 29 February is a day of it. */
const ANY_YEAR = "2000";
const isYearly = (on: string) => on.length === "01-07".length;
const asDate = (on: string) => (isYearly(on) ? `${ANY_YEAR}-${on}` : on);

export function HolidaysForm({ value, errors, onChange }: FormProps<Holidays>) {
  const { t } = useTranslation();
  const { days } = value;
  const put = (place: number, change: Partial<HolidaySettings>) =>
    onChange({ days: days.map((one, other) => (other === place ? { ...one, ...change } : one)) });
  return (
    <FieldGroup hint={t("brandSettings.holidays.hint")}>
      <div className={classes.rows}>
        {days.map((day, place) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: what is edited has no other identity than its place
            key={`${days.length} ${place}`}
            className={classes.card}
            role="group"
            aria-label={t("brandSettings.holidays.one", { number: place + 1 })}
          >
            <div className={classes.row}>
              <TextInput
                type="date"
                label={t("brandSettings.holidays.on")}
                value={asDate(day.on)}
                error={errors.get(`days[${place}].on`)}
                onChange={(event) => {
                  const date = event.currentTarget.value;
                  put(place, { on: isYearly(day.on) ? date.slice(5) : date });
                }}
              />
              <Checkbox
                label={t("brandSettings.holidays.yearly")}
                checked={isYearly(day.on)}
                onChange={(event) => {
                  const thisYear = `${new Date().getFullYear()}-${day.on}`;
                  put(place, { on: event.currentTarget.checked ? asDate(day.on).slice(5) : thisYear });
                }}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("brandSettings.holidays.remove", { number: place + 1 })}
                onClick={() => onChange({ days: days.filter((_, other) => other !== place) })}
              >
                <IconX size={16} stroke={1.75} />
              </ActionIcon>
            </div>
            <LocalizedField
              label={t("brandSettings.name")}
              name={`days[${place}].name`}
              value={day.name}
              errors={errors}
              onChange={(name) => put(place, { name })}
            />
          </div>
        ))}
        {days.length === 0 && <p className={classes.muted}>{t("brandSettings.holidays.none")}</p>}
        <Button
          className={classes.add ?? ""}
          size="sm"
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={() => onChange({ days: [...days, { on: "01-01", name: {} }] })}
        >
          {t("brandSettings.holidays.add")}
        </Button>
      </div>
    </FieldGroup>
  );
}
