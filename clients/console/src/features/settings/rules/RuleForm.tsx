/** A rule: what it says in a sentence, when it is looked at, what has to hold, what is done. */
import type { RuleSettings } from "@consilium/kit/api";
import { NativeSelect, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import { ActionFields } from "./ActionFields.tsx";
import { ConditionFields } from "./ConditionFields.tsx";
import { atEvent, EVENTS } from "./model.ts";
import classes from "./Rules.module.css";
import { useSentence } from "./sentence.ts";

export function RuleForm({ value, errors, onChange }: FormProps<RuleSettings>) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const change = (part: Partial<RuleSettings>) => onChange({ ...value, ...part });
  return (
    <>
      <p className={classes.sentence} role="status" data-off={!value.on}>
        {sentence(value)}
      </p>
      <FieldGroup title={t("brandSettings.rule.whole")}>
        <LocalizedField
          label={t("brandSettings.name")}
          name="name"
          value={value.name}
          errors={errors}
          onChange={(name) => change({ name })}
        />
        <Switch
          label={t("brandSettings.rule.on")}
          description={t("brandSettings.rule.onHint")}
          checked={value.on}
          onChange={(event) => change({ on: event.currentTarget.checked })}
        />
        <NativeSelect
          label={t("brandSettings.rule.event")}
          value={value.event}
          error={errors.get("event")}
          onChange={(event) => {
            const chosen = EVENTS.find((known) => known === event.currentTarget.value);
            if (chosen !== undefined) onChange(atEvent(value, chosen));
          }}
          data={EVENTS.map((event) => ({ value: event, label: t(`brandSettings.value.${event}`) }))}
        />
      </FieldGroup>
      <ConditionFields value={value} errors={errors} onChange={onChange} />
      <ActionFields value={value} errors={errors} onChange={onChange} />
    </>
  );
}
