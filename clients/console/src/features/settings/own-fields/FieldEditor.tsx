/** One field: what it is called, what stands in it, who fills it in, what can be chosen. */
import type { FieldOptionSettings, FieldSettings } from "@consilium/kit/api";
import { Button, NativeSelect } from "@mantine/core";
import { useId } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../../icons.ts";
import { moved } from "../../../list/moved.ts";
import { CardHead } from "../CardHead.tsx";
import { type Errors, LocalizedField } from "../fields.tsx";
import classes from "../Settings.module.css";
import { type FieldList, fillersOf, newOption, OPTIONS_MAX, TYPES, withType } from "./model.ts";

interface FieldEditorProps {
  list: FieldList;
  field: FieldSettings;
  isFirst: boolean;
  isLast: boolean;
  errors: Errors;
  onChange: (field: FieldSettings) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

export function FieldEditor(props: FieldEditorProps) {
  const { t } = useTranslation();
  const { list, field, isFirst, isLast, errors, onChange, onMove, onRemove } = props;
  const name = `${list}.${field.id}`;
  const change = (part: Partial<FieldSettings>) => onChange({ ...field, ...part });
  const fillers = fillersOf(list);
  return (
    <>
      <CardHead
        name={field.id}
        isFirst={isFirst}
        isLast={isLast}
        removeLabel={t("brandSettings.fields.remove", { name: field.id })}
        onMove={onMove}
        onRemove={onRemove}
      />
      <LocalizedField
        label={t("brandSettings.fields.name")}
        name={`${name}.name`}
        value={field.name}
        errors={errors}
        onChange={(text) => change({ name: text })}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={t("brandSettings.fields.type")}
          value={field.type}
          error={errors.get(`${name}.type`)}
          onChange={(event) => {
            const chosen = TYPES.find((known) => known === event.currentTarget.value);
            if (chosen !== undefined) onChange(withType(field, chosen));
          }}
          data={TYPES.map((known) => ({ value: known, label: t(`brandSettings.fields.types.${known}`) }))}
        />
        <NativeSelect
          label={t("brandSettings.fields.filledBy")}
          {...(list === "patient" ? { description: t("brandSettings.fields.byHint") } : {})}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={field.filled_by}
          error={errors.get(`${name}.filled_by`)}
          onChange={(event) => {
            const chosen = fillers.find((known) => known === event.currentTarget.value);
            if (chosen !== undefined) change({ filled_by: chosen });
          }}
          data={fillers.map((known) => ({ value: known, label: t(`brandSettings.fields.by.${known}`) }))}
        />
      </div>
      {field.type === "choice" && (
        <Options
          name={`${name}.options`}
          options={field.options}
          errors={errors}
          onChange={(options) => change({ options })}
        />
      )}
    </>
  );
}

interface OptionsProps {
  name: string;
  options: readonly FieldOptionSettings[];
  errors: Errors;
  onChange: (options: FieldOptionSettings[]) => void;
}

function Options({ name, options, errors, onChange }: OptionsProps) {
  const { t } = useTranslation();
  const id = useId();
  const wrong = errors.get(name) ?? errors.get(`${name}.id`);
  const add = () => {
    const option = newOption(options.map(({ code }) => code));
    flushSync(() => onChange([...options, option]));
    document.getElementById(`${id}-${option.code}`)?.querySelector("input")?.focus();
  };
  return (
    <>
      <h4 id={id} className={classes.small}>
        {t("brandSettings.form.options")}
      </h4>
      <ol className={classes.rows} aria-labelledby={id}>
        {options.map((option, place) => {
          const label = t("brandSettings.form.option", { number: place + 1 });
          const text = (next: FieldOptionSettings["text"]) =>
            onChange(options.map((one) => (one.code === option.code ? { ...one, text: next } : one)));
          return (
            <li key={option.code} id={`${id}-${option.code}`} className={classes.option}>
              <CardHead
                name={label}
                isFirst={place === 0}
                isLast={place === options.length - 1}
                removeLabel={t("brandSettings.form.remove", { name: label })}
                onMove={(step) => onChange(moved(options, place, step))}
                onRemove={() => onChange(options.filter(({ code }) => code !== option.code))}
              />
              <LocalizedField
                label={label}
                name={`${name}.${option.code}.text`}
                value={option.text}
                errors={errors}
                onChange={text}
              />
            </li>
          );
        })}
      </ol>
      {wrong !== undefined && <p className={classes.refused}>{wrong}</p>}
      {options.length < OPTIONS_MAX && (
        <Button
          className={classes.add ?? ""}
          size="sm"
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          onClick={add}
        >
          {t("brandSettings.form.addOption")}
        </Button>
      )}
    </>
  );
}
