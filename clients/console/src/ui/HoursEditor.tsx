/** When a queue works, or somebody is on duty: each day with as many times as it has, copied to other days, all by the keyboard. */
import type { HoursSettings, Weekday } from "@consilium/kit/api";
import { ActionIcon, Button, Menu, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconCopy, IconPlus, IconX } from "../icons.ts";
import classes from "./HoursEditor.module.css";
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

/** What is said of no hours at all, of a day without any, and of a week that is not finished: of a queue and of somebody it is not the same. */
export interface HoursWords {
  readonly which: string;
  readonly always: string;
  readonly closed: string;
  readonly noTimes: string;
}

interface HoursEditorProps {
  value: readonly HoursSettings[];
  words: HoursWords;
  /** What is wrong, by `hours` or by `hours.` and the day. */
  errorOf: (field: string) => string | undefined;
  onChange: (hours: HoursSettings[]) => void;
}

export function HoursEditor({ value, words, errorOf, onChange }: HoursEditorProps) {
  const { t } = useTranslation();
  // A week without any time is being written: kept as hours it would mean none at all.
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
        classNames={{ root: classes.which, label: classes.whichLabel }}
        aria-label={words.which}
        value={week === null ? "always" : "week"}
        onChange={(which) => change(which === "always" ? null : (week ?? usualWeek()))}
        data={[
          { value: "always", label: words.always },
          { value: "week", label: t("hours.week") },
        ]}
      />
      {week !== null && (
        <ul className={classes.week}>
          {DAYS.map((day) => (
            <Day
              key={day}
              day={day}
              closed={words.closed}
              week={week}
              error={errorOf(`hours.${day}`)}
              onChange={change}
            />
          ))}
        </ul>
      )}
      {week !== null && value.length === 0 && <p className={classes.refused}>{words.noTimes}</p>}
      {errorOf("hours") !== undefined && <p className={classes.refused}>{errorOf("hours")}</p>}
    </div>
  );
}

interface DayProps {
  day: Weekday;
  closed: string;
  week: Week;
  error: string | undefined;
  onChange: (week: Week) => void;
}

function Day({ day, closed, week, error, onChange }: DayProps) {
  const { t } = useTranslation();
  const intervals = week[day];
  const name = t(`hours.day.${day}`);
  const put = (next: readonly Interval[]) => onChange({ ...week, [day]: next });
  return (
    <li className={classes.day} aria-label={name}>
      <span className={classes.dayName}>{name}</span>
      <div className={classes.intervals}>
        {intervals.length === 0 && <span className={classes.muted}>{closed}</span>}
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
          aria-label={t("hours.addTo", { day: name })}
          onClick={() => put([...intervals, nextInterval(intervals)])}
        >
          {t("hours.add")}
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
        aria-label={t("hours.from", { day, number })}
        aria-invalid={isWrong}
        value={interval.from}
        onChange={(event) => onChange({ ...interval, from: event.currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="time"
        aria-label={t("hours.to", { day, number })}
        aria-invalid={isWrong}
        value={interval.to}
        onChange={(event) => onChange({ ...interval, to: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("hours.remove", { day, number })}
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
          aria-label={t("hours.copy", { day: name })}
          title={t("hours.copy", { day: name })}
        >
          <IconCopy size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy(WORKDAYS)}>{t("hours.toWorkdays")}</Menu.Item>
        <Menu.Item onClick={() => onCopy(DAYS)}>{t("hours.toAll")}</Menu.Item>
        <Menu.Divider />
        {DAYS.filter((other) => other !== day).map((other) => (
          <Menu.Item key={other} onClick={() => onCopy([other])}>
            {t(`hours.day.${other}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
