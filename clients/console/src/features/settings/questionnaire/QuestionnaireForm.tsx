/** What patients of a queue are asked: the form's title, and its questions in their order. */
import type { QuestionnaireSettings, QuestionSettings } from "@consilium/kit/api";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { moved } from "../../../list/moved.ts";
import { AddTyped } from "../AddThing.tsx";
import { FieldGroup, type FormProps, LocalizedField } from "../fields.tsx";
import classes from "../Settings.module.css";
import { newQuestion, QUESTIONS_MAX, TYPES } from "./model.ts";
import { QuestionFields } from "./QuestionFields.tsx";

export function QuestionnaireForm({ value, errors, onChange }: FormProps<QuestionnaireSettings>) {
  const { t } = useTranslation();
  const { items } = value;
  const put = (next: readonly QuestionSettings[]) => onChange({ ...value, items: [...next] });
  const taken = items.map(({ link_id }) => link_id);
  const wrong = errors.get("items") ?? errors.get("items.id");
  return (
    <>
      <FieldGroup title={t("brandSettings.form.whole")}>
        <LocalizedField
          label={t("brandSettings.form.title")}
          name="title"
          value={value.title}
          errors={errors}
          onChange={(title) => onChange({ ...value, title })}
        />
      </FieldGroup>
      <FieldGroup title={t("brandSettings.form.questions")} hint={t("brandSettings.form.questionsHint")}>
        <ol className={classes.rows}>
          {items.map((item, place) => (
            <li key={item.link_id}>
              <div
                id={cardOf(item.link_id)}
                className={classes.card}
                role="group"
                aria-label={t("brandSettings.form.one", { number: place + 1, name: item.link_id })}
              >
                <QuestionFields
                  items={items}
                  place={place}
                  errors={errors}
                  onChange={(next) => put(items.map((one) => (one.link_id === item.link_id ? next : one)))}
                  onMove={(step) => put(moved(items, place, step))}
                  onRemove={() => put(items.filter(({ link_id }) => link_id !== item.link_id))}
                />
              </div>
            </li>
          ))}
        </ol>
        {wrong !== undefined && <p className={classes.refused}>{wrong}</p>}
        {items.length < QUESTIONS_MAX && (
          <AddTyped
            kind="question"
            label={t("brandSettings.form.code")}
            submit={t("brandSettings.form.add")}
            taken={taken}
            types={TYPES}
            first="boolean"
            typeLabel={t("brandSettings.form.newType")}
            typeName={(type) => t(`brandSettings.form.type.${type}`)}
            onAdd={(type, id) => {
              flushSync(() => put([...items, { ...newQuestion(type, taken), link_id: id }]));
              // Its words come next.
              document.getElementById(cardOf(id))?.querySelector("textarea")?.focus();
            }}
          />
        )}
      </FieldGroup>
    </>
  );
}

const cardOf = (linkId: string) => `settings-question-${linkId}`;
