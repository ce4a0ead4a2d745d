/** The brand's own fields: those of patients' cards and those of consultations, each in their order. */
import type { FieldSettings, FieldsSettings } from "@consilium/kit/api";
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../../icons.ts";
import { moved } from "../../../list/moved.ts";
import { type Errors, FieldGroup, type FormProps, SlugField } from "../fields.tsx";
import { isSlug } from "../model.ts";
import classes from "../Settings.module.css";
import { FieldEditor } from "./FieldEditor.tsx";
import { FIELDS_MAX, type FieldList, type FieldType, freeName, LISTS, newField, TYPES } from "./model.ts";

export function FieldsForm({ value, errors, onChange }: FormProps<FieldsSettings>) {
  const { t } = useTranslation();
  return (
    <>
      {LISTS.map((list) => (
        <FieldGroup
          key={list}
          title={t(`brandSettings.fields.${list}`)}
          hint={t(`brandSettings.fields.${list}Hint`)}
        >
          <List
            list={list}
            fields={value[list]}
            errors={errors}
            onChange={(fields) => onChange({ ...value, [list]: fields })}
          />
        </FieldGroup>
      ))}
      <p className={classes.muted}>{t("brandSettings.fields.removeHint")}</p>
    </>
  );
}

interface ListProps {
  list: FieldList;
  fields: readonly FieldSettings[];
  errors: Errors;
  onChange: (fields: FieldSettings[]) => void;
}

function List({ list, fields, errors, onChange }: ListProps) {
  const { t } = useTranslation();
  const wrong = errors.get(list) ?? errors.get(`${list}.id`);
  return (
    <>
      {fields.length === 0 && <p className={classes.muted}>{t("brandSettings.fields.none")}</p>}
      <ol className={classes.rows}>
        {fields.map((field, place) => (
          <li key={field.id}>
            <div
              id={cardOf(list, field.id)}
              className={classes.card}
              role="group"
              aria-label={t("brandSettings.fields.one", { number: place + 1, name: field.id })}
            >
              <FieldEditor
                list={list}
                field={field}
                isFirst={place === 0}
                isLast={place === fields.length - 1}
                errors={errors}
                onChange={(next) => onChange(fields.map((one) => (one.id === field.id ? next : one)))}
                onMove={(step) => onChange(moved(fields, place, step))}
                onRemove={() => onChange(fields.filter(({ id }) => id !== field.id))}
              />
            </div>
          </li>
        ))}
      </ol>
      {wrong !== undefined && <p className={classes.refused}>{wrong}</p>}
      {fields.length < FIELDS_MAX && (
        <AddField
          taken={fields.map(({ id }) => id)}
          onAdd={(field) => {
            flushSync(() => onChange([...fields, field]));
            // Its name comes next.
            document.getElementById(cardOf(list, field.id))?.querySelector("input")?.focus();
          }}
        />
      )}
    </>
  );
}

const cardOf = (list: FieldList, id: string) => `settings-field-${list}-${id}`;

interface AddFieldProps {
  taken: readonly string[];
  onAdd: (field: FieldSettings) => void;
}

/** The short name is made up where nobody has a better one. */
function AddField({ taken, onAdd }: AddFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [type, setType] = useState<FieldType>("text");
  const id = typed ?? freeName("field", taken);
  const isFree = isSlug(id) && !taken.includes(id);
  return (
    <div className={classes.row}>
      <SlugField label={t("brandSettings.fields.code")} value={id} isFree={isFree} onChange={setTyped} />
      <NativeSelect
        label={t("brandSettings.fields.newType")}
        value={type}
        onChange={(event) => {
          const chosen = TYPES.find((known) => known === event.currentTarget.value);
          if (chosen !== undefined) setType(chosen);
        }}
        data={TYPES.map((known) => ({ value: known, label: t(`brandSettings.fields.types.${known}`) }))}
      />
      <Button
        className={classes.add ?? ""}
        size="sm"
        variant="default"
        disabled={!isFree}
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        onClick={() => {
          setTyped(null);
          onAdd(newField(type, id));
        }}
      >
        {t("brandSettings.fields.add")}
      </Button>
    </div>
  );
}
