/** What has to hold for a rule: of each kind any value will do, and all kinds have to hold. */
import type { RuleSettings } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { MultiSelect, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../../live/hooks.ts";
import { FieldGroup, type FormProps, NumberField } from "../fields.tsx";
import { endsSilence, isOfCallback } from "./model.ts";
import classes from "./Rules.module.css";
import { TagField } from "./TagField.tsx";

type Conditions = RuleSettings["conditions"];

export function ConditionFields({ value, errors, onChange }: FormProps<RuleSettings>) {
  const { t } = useTranslation();
  const { languages } = useBrand();
  const { queues } = useBoard();
  const { conditions, event } = value;
  const change = (part: Partial<Conditions>) =>
    onChange({ ...value, conditions: { ...conditions, ...part } });
  const all = [...queues.values()].sort((a, b) => a.name.localeCompare(b.name));
  const ofConsultation = !isOfCallback(event);
  return (
    <FieldGroup title={t("brandSettings.rule.conditions")} hint={t("brandSettings.rule.conditionsHint")}>
      <MultiSelect
        label={t("brandSettings.rule.condition.queues")}
        placeholder={conditions.queues.length === 0 ? t("brandSettings.rule.any") : ""}
        data={all.map(({ id, name }) => ({ value: id, label: name }))}
        value={conditions.queues}
        error={errors.get("conditions.queues")}
        onChange={(chosen) => change({ queues: chosen })}
        clearable
      />
      {ofConsultation && (
        <TagField
          label={t("brandSettings.rule.condition.tags")}
          value={conditions.tags}
          error={errors.get("conditions.tags")}
          archived
          onChange={(tags) => change({ tags })}
        />
      )}
      <MultiSelect
        label={t("brandSettings.rule.condition.languages")}
        placeholder={conditions.languages.length === 0 ? t("brandSettings.rule.any") : ""}
        data={languages.map((language) => ({ value: language, label: languageName(language) }))}
        value={conditions.languages}
        error={errors.get("conditions.languages")}
        onChange={(chosen) => change({ languages: chosen })}
        clearable
      />
      <div className={classes.row}>
        <NativeSelect
          label={t("brandSettings.rule.condition.hours")}
          value={conditions.hours ?? ""}
          onChange={({ currentTarget: { value: chosen } }) =>
            change({ hours: chosen === "within" || chosen === "outside" ? chosen : null })
          }
          data={[
            { value: "", label: t("brandSettings.rule.noMatter") },
            { value: "within", label: t("brandSettings.value.within") },
            { value: "outside", label: t("brandSettings.value.outside") },
          ]}
        />
        {ofConsultation && (
          <YesNo
            label={t("brandSettings.rule.condition.red_flag")}
            value={conditions.red_flag}
            onChange={(flag) => change({ red_flag: flag })}
          />
        )}
        <YesNo
          label={t("brandSettings.rule.condition.returning")}
          value={conditions.returning}
          onChange={(returning) => change({ returning })}
        />
      </div>
      <div className={classes.row}>
        {ofConsultation && (
          <NumberField
            label={t("brandSettings.rule.condition.waited_minutes")}
            description={t("brandSettings.rule.waitedHint")}
            name="conditions.waited_minutes"
            value={conditions.waited_minutes}
            errors={errors}
            optional
            onChange={(minutes) => change({ waited_minutes: minutes })}
          />
        )}
        {endsSilence(event) && (
          <NumberField
            label={t("brandSettings.rule.condition.silent_minutes")}
            description={t("brandSettings.rule.silentHint")}
            name="conditions.silent_minutes"
            value={conditions.silent_minutes}
            errors={errors}
            max={525_600}
            onChange={(minutes) => change({ silent_minutes: minutes })}
          />
        )}
      </div>
    </FieldGroup>
  );
}

interface YesNoProps {
  label: string;
  /** `null`: it does not matter. */
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}

function YesNo({ label, value, onChange }: YesNoProps) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      value={value === null ? "" : String(value)}
      onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === "" ? null : chosen === "true")}
      data={[
        { value: "", label: t("brandSettings.rule.noMatter") },
        { value: "true", label: t("brandSettings.yes") },
        { value: "false", label: t("brandSettings.no") },
      ]}
    />
  );
}
