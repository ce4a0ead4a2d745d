/** One question: its words, what an answer to it is, when it is asked, which answer is a red flag. */
import type { QuestionSettings } from "@consilium/kit/api";
import { useLocale } from "@consilium/kit/brand";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CardHead } from "../CardHead.tsx";
import { type Errors, LocalizedField, NumberField } from "../fields.tsx";
import classes from "../Settings.module.css";
import { answersTo, earlier, inLanguage, TYPES, withType } from "./model.ts";
import { OptionsEditor } from "./OptionsEditor.tsx";

interface QuestionFieldsProps {
  items: readonly QuestionSettings[];
  place: number;
  errors: Errors;
  onChange: (question: QuestionSettings) => void;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

export interface QuestionPartProps {
  item: QuestionSettings;
  /** The question's place in the form, as refusals spell it. */
  name: string;
  errors: Errors;
  onChange: (part: Partial<QuestionSettings>) => void;
}

export function QuestionFields({ items, place, errors, onChange, onMove, onRemove }: QuestionFieldsProps) {
  const { t } = useTranslation();
  const item = items[place];
  if (item === undefined) return null;
  const { link_id: id, type } = item;
  const name = `items.${id}`;
  const change = (part: Partial<QuestionSettings>) => onChange({ ...item, ...part });
  const part = { item, name, errors, onChange: change };
  return (
    <>
      <CardHead
        name={id}
        isFirst={place === 0}
        isLast={place === items.length - 1}
        removeLabel={t("brandSettings.form.remove", { name: id })}
        onMove={onMove}
        onRemove={onRemove}
      />
      <LocalizedField
        label={t(type === "display" ? "brandSettings.form.words" : "brandSettings.form.text")}
        name={`${name}.text`}
        value={item.text}
        errors={errors}
        long
        onChange={(text) => change({ text })}
      />
      <div className={classes.pair}>
        <NativeSelect
          label={t("brandSettings.form.answer")}
          value={type}
          error={errors.get(`${name}.type`)}
          onChange={(event) => {
            const chosen = TYPES.find((known) => known === event.currentTarget.value);
            if (chosen !== undefined) onChange(withType(item, chosen));
          }}
          data={TYPES.map((known) => ({ value: known, label: t(`brandSettings.form.type.${known}`) }))}
        />
        <ConditionFields items={items} place={place} {...part} />
      </div>
      {type === "boolean" && <FlagField {...part} />}
      {type === "choice" && <OptionsEditor {...part} />}
      {type === "decimal" && <DecimalFields {...part} />}
      {type !== "display" && (
        <Checkbox
          label={t("brandSettings.form.required")}
          checked={item.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

interface ConditionProps extends QuestionPartProps {
  items: readonly QuestionSettings[];
  place: number;
}

/** On which answer to which question above it depends. What it depends on and is not there any more stays to be seen. */
function ConditionFields({ items, place, item, name, errors, onChange }: ConditionProps) {
  const { t } = useTranslation();
  const language = useLocale();
  const when = item.enable_when;
  const above = earlier(items, place);
  if (above.length === 0 && when === null) return null;
  const asked = above.find(({ link_id }) => link_id === when?.question);
  const answers = asked === undefined ? [] : answersTo(asked);
  const say = (code: string) => {
    const option = asked?.options.find((one) => one.code === code);
    if (option !== undefined) return inLanguage(option.text, language) || code;
    return code === "yes" || code === "no" ? t(`brandSettings.${code}`) : code;
  };
  const gone = (what: string) => ({ value: what, label: t("brandSettings.form.gone", { what }) });
  return (
    <>
      <NativeSelect
        label={t("brandSettings.form.when")}
        value={when?.question ?? ""}
        error={errors.get(`${name}.enable_when`)}
        onChange={(event) => {
          const question = event.currentTarget.value;
          const chosen = above.find(({ link_id }) => link_id === question);
          const [answer] = chosen === undefined ? [] : answersTo(chosen);
          onChange({ enable_when: answer === undefined ? null : { question, answer } });
        }}
        data={[
          { value: "", label: t("brandSettings.form.always") },
          ...above.map(({ link_id, text }) => ({
            value: link_id,
            label: t("brandSettings.form.after", { question: inLanguage(text, language) || link_id }),
          })),
          ...(when !== null && asked === undefined ? [gone(when.question)] : []),
        ]}
      />
      {when !== null && (
        <NativeSelect
          label={t("brandSettings.form.whenAnswer")}
          value={when.answer}
          onChange={(event) => onChange({ enable_when: { ...when, answer: event.currentTarget.value } })}
          data={[
            ...answers.map((code) => ({ value: code, label: say(code) })),
            ...(answers.includes(when.answer) ? [] : [gone(when.answer)]),
          ]}
        />
      )}
    </>
  );
}

/** Which answer of the two is a red flag. */
function FlagField({ item, onChange }: QuestionPartProps) {
  const { t } = useTranslation();
  const answers: Readonly<Record<string, boolean>> = { yes: true, no: false };
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t("brandSettings.form.flag")}
        description={t("brandSettings.form.flagHint")}
        value={item.red_flag === null ? "" : item.red_flag ? "yes" : "no"}
        onChange={(event) => onChange({ red_flag: answers[event.currentTarget.value] ?? null })}
        data={[
          { value: "", label: t("brandSettings.form.noFlag") },
          { value: "yes", label: t("brandSettings.yes") },
          { value: "no", label: t("brandSettings.no") },
        ]}
      />
    </div>
  );
}

type Bound = "minimum" | "maximum" | "red_flag_from" | "red_flag_to";
type Bounds = Pick<QuestionSettings, Bound>;

const BOUNDS: readonly Bound[] = ["minimum", "maximum", "red_flag_from", "red_flag_to"];

function DecimalFields({ item, name, errors, onChange }: QuestionPartProps) {
  const { t } = useTranslation();
  return (
    <>
      <LocalizedField
        label={t("brandSettings.form.unit")}
        name={`${name}.unit`}
        value={item.unit ?? {}}
        errors={errors}
        optional
        onChange={(unit) => {
          const isEmpty = Object.values(unit).every((text) => text.trim() === "");
          onChange({ unit: isEmpty ? null : unit });
        }}
      />
      <div className={classes.numbers}>
        {BOUNDS.map((bound) => (
          <NumberField
            key={bound}
            label={t(`brandSettings.form.bound.${bound}`)}
            name={`${name}.${bound}`}
            value={item[bound]}
            errors={errors}
            optional
            decimal
            onChange={(number) => onChange({ [bound]: number } as Partial<Bounds>)}
          />
        ))}
      </div>
      <p className={classes.muted}>{t("brandSettings.form.flagHint")}</p>
    </>
  );
}
