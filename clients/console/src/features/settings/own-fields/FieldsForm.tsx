/** The brand's own fields: those of patients' cards and those of consultations, each in their order. */
import type { FieldSettings, FieldsSettings } from "@consilium/kit/api";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { moved } from "../../../list/moved.ts";
import { AddTyped } from "../AddThing.tsx";
import { type Errors, FieldGroup, type FormProps } from "../fields.tsx";
import classes from "../Settings.module.css";
import { FieldEditor } from "./FieldEditor.tsx";
import { FIELDS_MAX, type FieldList, LISTS, newField, TYPES } from "./model.ts";

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
        <AddTyped
          kind="field"
          label={t("brandSettings.fields.code")}
          submit={t("brandSettings.fields.add")}
          taken={fields.map(({ id }) => id)}
          types={TYPES}
          first="text"
          typeLabel={t("brandSettings.fields.newType")}
          typeName={(type) => t(`brandSettings.fields.types.${type}`)}
          onAdd={(type, id) => {
            flushSync(() => onChange([...fields, newField(type, id)]));
            // Its name comes next.
            document.getElementById(cardOf(list, id))?.querySelector("input")?.focus();
          }}
        />
      )}
    </>
  );
}

const cardOf = (list: FieldList, id: string) => `settings-field-${list}-${id}`;
