/** The form on the partner's own site: where it stands, what is agreed to with it, which queues it offers. */
import type { CallbackFormSettings } from "@consilium/kit/api";
import { Checkbox, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../../live/hooks.ts";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import type { Form } from "../model.ts";
import classes from "../Settings.module.css";
import { today } from "./today.ts";

function blank(): CallbackFormSettings {
  return { origins: [], consent_version: today(), consent: {}, queues: [] };
}

export function CallbackFormFields({ value, errors, onChange }: FormProps<Form>) {
  const { t } = useTranslation();
  const { form } = value;
  return (
    <FieldGroup hint={t("brandSettings.site.hint")}>
      <Checkbox
        label={t("brandSettings.site.on")}
        checked={form !== null}
        onChange={(event) => onChange({ form: event.currentTarget.checked ? blank() : null })}
      />
      {errors.get("form") !== undefined && (
        <p className={classes.refused} role="alert">
          {errors.get("form")}
        </p>
      )}
      {form !== null && (
        <Fields form={form} errors={errors} onChange={(part) => onChange({ form: { ...form, ...part } })} />
      )}
    </FieldGroup>
  );
}

interface FieldsProps {
  form: CallbackFormSettings;
  errors: ReadonlyMap<string, string>;
  onChange: (part: Partial<CallbackFormSettings>) => void;
}

function Fields({ form, errors, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  return (
    <>
      <TagsInput
        label={t("brandSettings.site.origins")}
        description={t("brandSettings.site.originsHint")}
        value={[...form.origins]}
        error={errors.get("form.origins")}
        splitChars={[",", " "]}
        acceptValueOnBlur
        onChange={(origins) => onChange({ origins: origins.map((origin) => origin.replace(/\/+$/, "")) })}
      />
      <LocalizedField
        label={t("brandSettings.site.consent")}
        name="form.consent"
        value={form.consent}
        errors={errors}
        long
        onChange={(consent) => onChange({ consent })}
      />
      <TextInput
        label={t("brandSettings.version")}
        description={t("brandSettings.versionHint")}
        required
        value={form.consent_version}
        error={errors.get("form.consent_version")}
        onChange={(event) => onChange({ consent_version: event.currentTarget.value })}
        autoComplete="off"
      />
      <Checkbox.Group
        label={t("brandSettings.site.queues")}
        description={t("brandSettings.site.queuesHint")}
        value={[...(form.queues ?? [])]}
        error={errors.get("form.queues")}
        onChange={(chosen) => onChange({ queues: chosen })}
      >
        <div className={classes.checks}>
          {[...queues.values()].map((queue) => (
            <Checkbox key={queue.id} value={queue.id} label={queue.name} />
          ))}
        </div>
      </Checkbox.Group>
    </>
  );
}
