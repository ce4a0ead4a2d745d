/** Times in which a queue is closed once. */
import type { ClosureSettings } from "@consilium/kit/api";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconPlus, IconX } from "../../icons.ts";
import type { Errors } from "./fields.tsx";
import classes from "./Settings.module.css";

interface ClosuresEditorProps {
  value: readonly ClosureSettings[];
  errors: Errors;
  onChange: (closures: ClosureSettings[]) => void;
}

/** "2026-12-31T15:00:00" as a field of the browser shows it. */
const short = (time: string) => time.slice(0, 16);

export function ClosuresEditor({ value, errors, onChange }: ClosuresEditorProps) {
  const { t } = useTranslation();
  const put = (place: number, change: Partial<ClosureSettings>) =>
    onChange(value.map((one, other) => (other === place ? { ...one, ...change } : one)));
  return (
    <div className={classes.rows}>
      {value.map(({ from, to, reason }, place) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: what is edited has no other identity than its place
          key={`${value.length} ${place}`}
          className={classes.row}
          role="group"
          aria-label={t("brandSettings.closures.one", { number: place + 1 })}
        >
          <TextInput
            type="datetime-local"
            label={t("brandSettings.closures.from")}
            value={short(from)}
            error={errors.get(`closures[${place}]`)}
            onChange={(event) => put(place, { from: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={t("brandSettings.closures.to")}
            value={short(to)}
            onChange={(event) => put(place, { to: event.currentTarget.value })}
          />
          <TextInput
            label={t("brandSettings.closures.reason")}
            value={reason ?? ""}
            onChange={(event) => put(place, { reason: event.currentTarget.value || null })}
            autoComplete="off"
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("brandSettings.closures.remove", { number: place + 1 })}
            onClick={() => onChange(value.filter((_, other) => other !== place))}
          >
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      <Button
        className={classes.add ?? ""}
        size="sm"
        variant="default"
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        onClick={() => onChange([...value, { from: "", to: "", reason: null }])}
      >
        {t("brandSettings.closures.add")}
      </Button>
    </div>
  );
}
