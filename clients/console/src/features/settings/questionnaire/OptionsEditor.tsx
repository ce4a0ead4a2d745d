/** What can be chosen: words in each language, in their order, and which of them are red flags. */
import type { AnswerOptionSettings } from "@consilium/kit/api";
import { Button, Checkbox } from "@mantine/core";
import { useId } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconPlus } from "../../../icons.ts";
import { moved } from "../../../list/moved.ts";
import { CardHead } from "../CardHead.tsx";
import { LocalizedField } from "../fields.tsx";
import classes from "../Settings.module.css";
import { newOption, OPTIONS_MAX } from "./model.ts";
import type { QuestionPartProps } from "./QuestionFields.tsx";

export function OptionsEditor({ item, name, errors, onChange }: QuestionPartProps) {
  const { t } = useTranslation();
  const id = useId();
  const { options } = item;
  const put = (next: readonly AnswerOptionSettings[]) => onChange({ options: [...next] });
  const wrong = errors.get(`${name}.options`);
  const add = () => {
    const option = newOption(options.map(({ code }) => code));
    flushSync(() => put([...options, option]));
    document.getElementById(`${id}-${option.code}`)?.querySelector("input")?.focus();
  };
  return (
    <>
      <h4 id={id} className={classes.small}>
        {t("brandSettings.form.options")}
      </h4>
      <ol className={classes.rows} aria-labelledby={id}>
        {options.map((option, place) => {
          const change = (part: Partial<AnswerOptionSettings>) =>
            put(options.map((one) => (one.code === option.code ? { ...one, ...part } : one)));
          const label = t("brandSettings.form.option", { number: place + 1 });
          return (
            <li key={option.code} id={`${id}-${option.code}`} className={classes.option}>
              <CardHead
                name={label}
                isFirst={place === 0}
                isLast={place === options.length - 1}
                removeLabel={t("brandSettings.form.remove", { name: label })}
                onMove={(step) => put(moved(options, place, step))}
                onRemove={() => put(options.filter(({ code }) => code !== option.code))}
              />
              <LocalizedField
                label={label}
                name={`${name}.options.${option.code}.text`}
                value={option.text}
                errors={errors}
                onChange={(text) => change({ text })}
              />
              <Checkbox
                label={t("brandSettings.form.optionFlag", { option: label })}
                checked={option.red_flag}
                onChange={(event) => change({ red_flag: event.currentTarget.checked })}
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
      <Checkbox
        label={t("brandSettings.form.repeats")}
        checked={item.repeats}
        onChange={(event) => onChange({ repeats: event.currentTarget.checked })}
      />
    </>
  );
}
