/** When a queue works: each day with as many times as it has, copied to other days, all by the keyboard. */
import type { HoursSettings, Weekday } from "@consilium/kit/api";
import { ActionIcon, Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconCopy, IconPlus, IconX } from "../../icons.ts";
import type { Errors } from "./fields.tsx";
import classes from "./Settings.module.css";
import {
  copyDay,
  DAYS,
  hoursOf,
  type Interval,
  nextInterval,
  usualWeek,
  type Week,
  WORKDAYS,
  weekOf,
} from "./week.ts";

interface HoursEditorProps {
  value: readonly HoursSettings[];
  errors: Errors;
  onChange: (hours: HoursSettings[]) => void;
}

export function HoursEditor({ value, errors, onChange }: HoursEditorProps) {
  const { t } = useTranslation();
  // A week without any time is being written: kept as hours it would mean "at all times".
  const [empty, setEmpty] = useState<Week | null>(null);
  const week = weekOf(value) ?? empty;
  const change = (next: Week | null) => {
    const hours = hoursOf(next);
    setEmpty(hours.length === 0 ? next : null);
    onChange(hours);
  };
  return (
    <div className={classes.hours}>
      <SegmentedControl
        aria-label={t("brandSettings.hours.which")}
        value={week === null ? "always" : "week"}
        onChange={(which) => change(which === "always" ? null : (week ?? usualWeek()))}
        data={[
          { value: "always", label: t("brandSettings.hours.always") },
          { value: "week", label: t("brandSettings.hours.week") },
        ]}
      />
      {week !== null && (
        <ul className={classes.week}>
          {DAYS.map((day) => (
            <Day key={day} day={day} week={week} error={errors.get(`hours.${day}`)} onChange={change} />
          ))}
        </ul>
      )}
      {week !== null && value.length === 0 && (
        <p className={classes.refused}>{t("brandSettings.hours.noTimes")}</p>
      )}
      {errors.get("hours") !== undefined && <p className={classes.refused}>{errors.get("hours")}</p>}
    </div>
  );
}

interface DayProps {
  day: Weekday;
  week: Week;
  error: string | undefined;
  onChange: (week: Week) => void;
}

function Day({ day, week, error, onChange }: DayProps) {
  const { t } = useTranslation();
  const intervals = week[day];
  const name = t(`brandSettings.day.${day}`);
  const put = (next: readonly Interval[]) => onChange({ ...week, [day]: next });
  return (
    <li className={classes.day} aria-label={name}>
      <span className={classes.dayName}>{name}</span>
      <div className={classes.intervals}>
        {intervals.length === 0 && <span className={classes.muted}>{t("brandSettings.hours.closed")}</span>}
        {intervals.map((interval, place) => (
          <IntervalFields
            // biome-ignore lint/suspicious/noArrayIndexKey: what is edited has no other identity than its place
            key={`${day} ${intervals.length} ${place}`}
            day={name}
            number={place + 1}
            interval={interval}
            isWrong={error !== undefined}
            onChange={(next) => put(intervals.map((one, other) => (other === place ? next : one)))}
            onRemove={() => put(intervals.filter((_, other) => other !== place))}
          />
        ))}
        {error !== undefined && <p className={classes.refused}>{error}</p>}
      </div>
      <div className={classes.dayTools}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          aria-label={t("brandSettings.hours.addTo", { day: name })}
          onClick={() => put([...intervals, nextInterval(intervals)])}
        >
          {t("brandSettings.hours.add")}
        </Button>
        <CopyMenu day={day} name={name} onCopy={(to) => onChange(copyDay(week, day, to))} />
      </div>
    </li>
  );
}

interface IntervalFieldsProps {
  day: string;
  number: number;
  interval: Interval;
  isWrong: boolean;
  onChange: (interval: Interval) => void;
  onRemove: () => void;
}

function IntervalFields({ day, number, interval, isWrong, onChange, onRemove }: IntervalFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.interval}>
      <TextInput
        type="time"
        aria-label={t("brandSettings.hours.from", { day, number })}
        aria-invalid={isWrong}
        value={interval.from}
        onChange={(event) => onChange({ ...interval, from: event.currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="time"
        aria-label={t("brandSettings.hours.to", { day, number })}
        aria-invalid={isWrong}
        value={interval.to}
        onChange={(event) => onChange({ ...interval, to: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("brandSettings.hours.remove", { day, number })}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}

function CopyMenu({
  day,
  name,
  onCopy,
}: {
  day: Weekday;
  name: string;
  onCopy: (to: readonly Weekday[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("brandSettings.hours.copy", { day: name })}
          title={t("brandSettings.hours.copy", { day: name })}
        >
          <IconCopy size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy(WORKDAYS)}>{t("brandSettings.hours.toWorkdays")}</Menu.Item>
        <Menu.Item onClick={() => onCopy(DAYS)}>{t("brandSettings.hours.toAll")}</Menu.Item>
        <Menu.Divider />
        {DAYS.filter((other) => other !== day).map((other) => (
          <Menu.Item key={other} onClick={() => onCopy([other])}>
            {t(`brandSettings.day.${other}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
