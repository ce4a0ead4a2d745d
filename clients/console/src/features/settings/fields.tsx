/** Fields that the forms of settings share: groups, texts in each language, numbers with their unit. */
import type { Localized } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { NumberInput, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Settings.module.css";

/** What is wrong, in words, by the place in the form. */
export type Errors = ReadonlyMap<string, string>;

export interface FormProps<T> {
  readonly value: T;
  readonly errors: Errors;
  readonly onChange: (value: T) => void;
}

interface FieldGroupProps {
  /** Without it the form has no other group: the heading over it says what it is. */
  title?: string;
  hint?: string;
  children: ReactNode;
}

export function FieldGroup({ title, hint, children }: FieldGroupProps) {
  const id = useId();
  return (
    <section className={classes.fields} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && <h3 id={id}>{title}</h3>}
      {hint !== undefined && <p className={classes.muted}>{hint}</p>}
      {children}
    </section>
  );
}

interface LocalizedFieldProps {
  label: string;
  /** The field's name, as refusals spell it. */
  name: string;
  value: Localized;
  errors: Errors;
  long?: boolean;
  /** Whether it may be left empty in all languages. */
  optional?: boolean;
  onChange: (value: Localized) => void;
}

/** One text in each language of the brand, side by side where there is room. */
export function LocalizedField(props: LocalizedFieldProps) {
  const { label, name, value, errors, long = false, optional = false, onChange } = props;
  const { t } = useTranslation();
  const { languages } = useBrand();
  const Input = long ? Textarea : TextInput;
  return (
    <div className={classes.languages}>
      {languages.map((language, place) => (
        <Input
          key={language}
          label={t("brandSettings.inLanguage", { label, language: languageName(language) })}
          lang={language}
          required={!optional}
          {...(long ? { autosize: true, minRows: 2 } : {})}
          value={value[language] ?? ""}
          error={errors.get(`${name}.${language}`) ?? (place === 0 ? errors.get(name) : undefined)}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
          autoComplete="off"
        />
      ))}
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  description?: string;
  name: string;
  value: number | null;
  errors: Errors;
  max?: number;
  /** Whether it can be left empty: then it is none. */
  optional?: boolean;
  /** Whether it may be below zero, or none that is whole; typed with a point or a comma. */
  decimal?: boolean;
  onChange: (value: number | null) => void;
}

/** A number, whole and not below zero where nothing else is said. What is typed and is none counts as 0, which the checks name. */
export function NumberField(props: NumberFieldProps) {
  const { label, description, name, value, errors, max = 100_000, onChange } = props;
  const { optional = false, decimal = false } = props;
  // An emptied field stays empty while something else is typed into it.
  const [typed, setTyped] = useState<number | string>(value ?? "");
  const meant = (text: number | string) => {
    // «38.0» comes as it was typed.
    const number = text === "" ? Number.NaN : Number(text);
    return Number.isFinite(number) ? number : optional ? null : 0;
  };
  return (
    <NumberInput
      className={classes.number ?? ""}
      label={label}
      {...(description === undefined ? {} : { description })}
      value={meant(typed) === value ? typed : (value ?? "")}
      error={errors.get(name)}
      required={!optional}
      {...(decimal ? {} : { min: 0, max })}
      clampBehavior="none"
      allowDecimal={decimal}
      allowNegative={decimal}
      allowedDecimalSeparators={[".", ","]}
      hideControls
      onChange={(next) => {
        setTyped(next);
        onChange(meant(next));
      }}
    />
  );
}

interface SlugFieldProps {
  label: string;
  value: string;
  /** A short name, and nobody else's. */
  isFree: boolean;
  onChange: (value: string) => void;
}

/** The short name of something new, which stays for ever. */
export function SlugField({ label, value, isFree, onChange }: SlugFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={label}
      description={t("brandSettings.shortNameHint")}
      value={value}
      error={value !== "" && !isFree ? t("brandSettings.wrong.slug") : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  );
}
