/**
 * What the service asks before a specialist comes, one question under the other; a red flag says at once what to do. Patients fill it in, and
 * who makes a form tries it. Its words come with the screen that asks (`questionWords`).
 */
import { Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Question, Questionnaire } from "../api/types.ts";
import { useFormats } from "../brand/formats.ts";
import { ChoiceGroup, ChoicesGroup } from "../ui/ChoiceGroup.tsx";
import { DateField } from "../ui/DateField.tsx";
import { askedOf, givenTo, redFlagOf, type Typed, type Wrong } from "./model.ts";
import css from "./Questions.module.css";

const WORDS_MAX = 2_000;

export interface QuestionsProps {
  questionnaire: Questionnaire;
  typed: Typed;
  onChange: (typed: Typed) => void;
  /** Shown once the person has tried to send. */
  wrong: ReadonlyMap<string, Wrong>;
  /** Stands under the answer that is a red flag. */
  emergency: ReactNode;
}

export function Questions({ questionnaire, typed, onChange, wrong, emergency }: QuestionsProps) {
  const id = (of: string) => `question-${of}`;
  const flag = redFlagOf(questionnaire, typed);
  return (
    <section className={css.questions} aria-label={questionnaire.title}>
      <h2 className={css.title}>{questionnaire.title}</h2>
      {askedOf(questionnaire, typed).map((question) => (
        <div key={question.link_id} id={id(question.link_id)} className={css.question}>
          <Field
            question={question}
            given={givenTo(question, typed)}
            onGive={(given) => onChange({ ...typed, [question.link_id]: given })}
            error={wrong.get(question.link_id) ?? null}
          />
          {question.link_id === flag && emergency}
        </div>
      ))}
    </section>
  );
}

/** Brings the first question that is wrong into sight, and the keyboard to it. */
export function showWrong(wrong: ReadonlyMap<string, Wrong>): void {
  const [first] = wrong.keys();
  const question = first === undefined ? null : document.getElementById(`question-${first}`);
  question?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
  question?.scrollIntoView({ block: "center" });
}

interface FieldProps {
  question: Question;
  given: Typed[string] | undefined;
  onGive: (given: Typed[string]) => void;
  error: Wrong | null;
}

function Field({ question, given, onGive, error }: FieldProps) {
  const { t } = useTranslation("kit");
  const { number } = useFormats();
  const { minimum, maximum, type, required } = question;
  const bound = (value: number | null) => (value === null ? "" : number(value));
  const words = error === null ? null : t(`questions.${error}`, { from: bound(minimum), to: bound(maximum) });
  const aside = question.repeats ? "questions.several" : "questions.optional";
  const label = required || type === "display" ? question.text : `${question.text} (${t(aside)})`;
  switch (type) {
    case "display":
      return <p className={css.words}>{question.text}</p>;
    case "boolean":
      return (
        <Grouped error={words}>
          <ChoiceGroup
            label={label}
            choices={[
              { value: "yes", label: t("questions.yes") },
              { value: "no", label: t("questions.no") },
            ]}
            value={given === true ? "yes" : given === false ? "no" : null}
            onChange={(value) => onGive(value === "yes")}
          />
        </Grouped>
      );
    case "choice":
      return (
        <Grouped error={words}>
          <Options
            question={question}
            label={label}
            codes={Array.isArray(given) ? given : []}
            onGive={onGive}
          />
        </Grouped>
      );
    case "decimal":
      return (
        <TextInput
          label={label}
          inputMode="decimal"
          rightSection={question.unit}
          rightSectionWidth={56}
          value={String(given ?? "")}
          onChange={(event) => onGive(event.currentTarget.value)}
          error={words}
        />
      );
    case "date":
      return <DateField label={label} value={String(given ?? "")} onChange={onGive} error={words} />;
    case "text":
      return (
        <Textarea
          label={label}
          rows={2}
          maxLength={WORDS_MAX}
          value={String(given ?? "")}
          onChange={(event) => onGive(event.currentTarget.value)}
          error={words}
        />
      );
  }
}

interface OptionsProps extends Pick<FieldProps, "question" | "onGive"> {
  label: string;
  codes: readonly string[];
}

function Options({ question, label, codes, onGive }: OptionsProps) {
  const choices = question.options.map(({ code, text }) => ({ value: code, label: text }));
  if (question.repeats)
    return <ChoicesGroup label={label} choices={choices} values={codes} onChange={onGive} />;
  return (
    <ChoiceGroup
      label={label}
      choices={choices}
      value={codes[0] ?? null}
      onChange={(code) => onGive([code])}
    />
  );
}

function Grouped({ error, children }: { error: string | null; children: ReactNode }) {
  return (
    <>
      {children}
      {error !== null && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </>
  );
}
