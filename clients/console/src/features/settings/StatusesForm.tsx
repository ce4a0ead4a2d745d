/** Statuses that operators may choose beside the fixed ones: what they are called, what they are a kind of, whether their time is duty. */
import type { StatusSettings } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { FieldGroup, type FormProps, LocalizedField } from "./fields.tsx";
import type { Statuses } from "./model.ts";
import classes from "./Settings.module.css";
import { ThingList } from "./ThingList.tsx";

const BASES = ["break", "away"] as const;
const COLORS = ["neutral", "brand", "info", "success", "warning", "danger", "note"] as const;

export function StatusesForm({ value, errors, onChange }: FormProps<Statuses>) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <FieldGroup hint={t("brandSettings.statuses.hint")}>
      <ThingList<StatusSettings>
        kind="status"
        things={value.statuses}
        nameOf={({ name }) => name[locale] ?? ""}
        wrong={errors.get("statuses")}
        begin={(id) => ({ id, of: "break", name: {}, color: "warning", on_duty: false, retired: false })}
        onChange={(statuses) => onChange({ statuses })}
      >
        {(status, put) => <StatusFields status={status} errors={errors} put={put} />}
      </ThingList>
    </FieldGroup>
  );
}

interface StatusFieldsProps {
  status: StatusSettings;
  errors: ReadonlyMap<string, string>;
  put: (part: Partial<StatusSettings>) => void;
}

function StatusFields({ status, errors, put }: StatusFieldsProps) {
  const { t } = useTranslation();
  const color = status.color ?? "warning";
  return (
    <>
      <LocalizedField
        label={t("brandSettings.name")}
        name={`statuses.${status.id}.name`}
        value={status.name}
        errors={errors}
        onChange={(name) => put({ name })}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={t("brandSettings.statuses.of")}
          description={t("brandSettings.statuses.ofHint")}
          inputWrapperOrder={["label", "input", "error", "description"]}
          value={status.of}
          error={errors.get(`statuses.${status.id}.of`)}
          onChange={(event) => {
            const of = BASES.find((known) => known === event.currentTarget.value);
            if (of !== undefined) put({ of });
          }}
          data={BASES.map((base) => ({ value: base, label: t(`status.${base}`) }))}
        />
        <NativeSelect
          label={t("brandSettings.statuses.color")}
          value={color}
          leftSection={<StatusDot status={status.of} color={color} />}
          onChange={(event) => {
            const chosen = COLORS.find((known) => known === event.currentTarget.value);
            if (chosen !== undefined) put({ color: chosen });
          }}
          data={COLORS.map((known) => ({ value: known, label: t(`tags.colors.${known}`) }))}
        />
      </div>
      <Checkbox
        label={t("brandSettings.statuses.onDuty")}
        description={t("brandSettings.statuses.onDutyHint")}
        checked={status.on_duty ?? false}
        onChange={(event) => put({ on_duty: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("brandSettings.statuses.retired")}
        description={t("brandSettings.statuses.retiredHint")}
        checked={status.retired ?? false}
        onChange={(event) => put({ retired: event.currentTarget.checked })}
      />
    </>
  );
}
