/** What patients of a queue are asked: the form's title, and its questions in their order. */
import type { QuestionnaireSettings, QuestionSettings } from "@consilium/kit/api";
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../../icons.ts";
import { moved } from "../../../list/moved.ts";
import { FieldGroup, type FormProps, LocalizedField, SlugField } from "../fields.tsx";
import { isSlug } from "../model.ts";
import classes from "../Settings.module.css";
import { freeName, newQuestion, QUESTIONS_MAX, type QuestionType, TYPES } from "./model.ts";
import { QuestionFields } from "./QuestionFields.tsx";

export function QuestionnaireForm({ value, errors, onChange }: FormProps<QuestionnaireSettings>) {
  const { t } = useTranslation();
  const { items } = value;
  const put = (next: readonly QuestionSettings[]) => onChange({ ...value, items: [...next] });
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
          <AddQuestion
            taken={items.map(({ link_id }) => link_id)}
            onAdd={(question) => {
              flushSync(() => put([...items, question]));
              // Its words come next.
              document.getElementById(cardOf(question.link_id))?.querySelector("textarea")?.focus();
            }}
          />
        )}
      </FieldGroup>
    </>
  );
}

const cardOf = (linkId: string) => `settings-question-${linkId}`;

interface AddQuestionProps {
  taken: readonly string[];
  onAdd: (question: QuestionSettings) => void;
}

/** The short name is made up where nobody has a better one. */
function AddQuestion({ taken, onAdd }: AddQuestionProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [type, setType] = useState<QuestionType>("boolean");
  const name = typed ?? freeName("question", taken);
  const isFree = isSlug(name) && !taken.includes(name);
  return (
    <div className={classes.row}>
      <SlugField label={t("brandSettings.form.code")} value={name} isFree={isFree} onChange={setTyped} />
      <NativeSelect
        label={t("brandSettings.form.newType")}
        value={type}
        onChange={(event) => {
          const chosen = TYPES.find((known) => known === event.currentTarget.value);
          if (chosen !== undefined) setType(chosen);
        }}
        data={TYPES.map((known) => ({ value: known, label: t(`brandSettings.form.type.${known}`) }))}
      />
      <Button
        className={classes.add ?? ""}
        size="sm"
        variant="default"
        disabled={!isFree}
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        onClick={() => {
          setTyped(null);
          onAdd({ ...newQuestion(type, taken), link_id: name });
        }}
      >
        {t("brandSettings.form.add")}
      </Button>
    </div>
  );
}
