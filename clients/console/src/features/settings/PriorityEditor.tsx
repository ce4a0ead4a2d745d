/** What a queue promises to what is more urgent than the rest, by priority. */
import type { SlaPrioritySettings } from "@consilium/kit/api";
import { ActionIcon, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconPlus, IconX } from "../../icons.ts";
import { type Errors, NumberField } from "./fields.tsx";
import classes from "./Settings.module.css";

interface PriorityEditorProps {
  value: readonly SlaPrioritySettings[];
  errors: Errors;
  onChange: (rows: SlaPrioritySettings[]) => void;
}

/** As the service has it: more is no promise that a desk can keep in mind. */
const ROWS_MAX = 10;
/** What a red flag has. */
const RED_FLAG = 10;

const TIMES = [
  ["wait_minutes", "wait"],
  ["first_response_minutes", "response"],
  ["resolution_minutes", "resolution"],
] as const;

export function PriorityEditor({ value, errors, onChange }: PriorityEditorProps) {
  const { t } = useTranslation();
  const put = (place: number, change: Partial<SlaPrioritySettings>) =>
    onChange(value.map((one, other) => (other === place ? { ...one, ...change } : one)));
  return (
    <div className={classes.rows}>
      {value.map((row, place) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: what is edited has no other identity than its place
          key={`${value.length} ${place}`}
          className={classes.row}
          role="group"
          aria-label={t("brandSettings.sla.urgent.one", { number: place + 1 })}
        >
          <NumberField
            label={t("brandSettings.sla.urgent.priority")}
            name={`sla.by_priority[${place}].priority`}
            value={row.priority}
            errors={errors}
            max={100}
            onChange={(priority) => put(place, { priority: priority ?? 0 })}
          />
          {TIMES.map(([field, words]) => (
            <NumberField
              key={field}
              label={t(`brandSettings.sla.${words}`)}
              name={`sla.by_priority[${place}].${field}`}
              value={row[field] ?? null}
              errors={errors}
              optional
              onChange={(minutes) => put(place, { [field]: minutes })}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("brandSettings.sla.urgent.remove", { number: place + 1 })}
            onClick={() => onChange(value.filter((_, other) => other !== place))}
          >
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      <p className={classes.muted}>{t("brandSettings.sla.urgent.hint")}</p>
      <Button
        className={classes.add ?? ""}
        size="sm"
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        disabled={value.length >= ROWS_MAX}
        onClick={() => onChange([...value, newRow(value)])}
      >
        {t("brandSettings.sla.urgent.add")}
      </Button>
    </div>
  );
}

/** For red flags first, and then for the next priority that none is for. */
function newRow(rows: readonly SlaPrioritySettings[]): SlaPrioritySettings {
  const taken = rows.map(({ priority }) => priority);
  let priority = RED_FLAG;
  while (taken.includes(priority)) priority += 1;
  return { priority, wait_minutes: null, first_response_minutes: null, resolution_minutes: null };
}
