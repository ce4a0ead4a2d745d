/** What patients and staff read: each text in each language, with what it is for. */
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FieldGroup, type FormProps } from "./fields.tsx";
import type { Texts } from "./model.ts";
import classes from "./Settings.module.css";

/** Texts that have a name here; any other goes by its key. */
const NAMED = [
  "home.title",
  "home.greeting",
  "emergency",
  "waiting.note",
  "closed.note",
  "trust.statement",
  "consent",
  "console.person",
];

export function TextsForm({ value, required, errors, onChange }: FormProps<Texts> & { required: string[] }) {
  const { t, i18n } = useTranslation();
  const { languages } = useBrand();
  const known = new Set(languages.flatMap((language) => Object.keys(value.texts[language] ?? {})));
  const keys = [...new Set([...NAMED.filter((key) => known.has(key)), ...required, ...known])];
  const nameOf = (key: string) => {
    const words = `brandSettings.text.${key.replaceAll(".", "_")}`;
    return i18n.exists(words) ? t(words) : key;
  };
  const put = (language: string, key: string, text: string) =>
    onChange({ texts: { ...value.texts, [language]: { ...value.texts[language], [key]: text } } });
  return (
    <FieldGroup hint={t("brandSettings.textsHint")}>
      {keys.map((key) => (
        <fieldset key={key} className={classes.text}>
          <legend>{nameOf(key)}</legend>
          <div className={classes.languages}>
            {languages.map((language) => (
              <Textarea
                key={language}
                label={languageName(language)}
                aria-label={t("brandSettings.inLanguage", {
                  label: nameOf(key),
                  language: languageName(language),
                })}
                lang={language}
                autosize
                minRows={1}
                value={value.texts[language]?.[key] ?? ""}
                error={errors.get(`texts.${language}.${key}`)}
                onChange={(event) => put(language, key, event.currentTarget.value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </FieldGroup>
  );
}
