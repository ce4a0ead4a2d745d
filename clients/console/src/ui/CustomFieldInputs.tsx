/** The brand's own fields in a form: each by its type, those of others to be read alone. */
import type { CustomField } from "@consilium/kit/api";
import { useRegion } from "@consilium/kit/brand";
import { DateField } from "@consilium/kit/ui";
import { Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useConsole } from "../session/ConsoleContext.tsx";
import { choicesOf, fieldWords, isFilledBy, type TypedFields } from "./custom-fields.ts";

interface CustomFieldInputsProps {
  fields: readonly CustomField[];
  typed: TypedFields;
  /** What is wrong, in words, by `fields.` and the id. */
  errors: ReadonlyMap<string, string>;
  onChange: (typed: TypedFields) => void;
}

export function CustomFieldInputs({ fields, typed, errors, onChange }: CustomFieldInputsProps) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const locale = useRegion();
  return fields.map((field) =>
    isFilledBy(field, me.role) ? (
      <Input
        key={field.id}
        field={field}
        value={typed[field.id] ?? ""}
        error={errors.get(`fields.${field.id}`)}
        onChange={(value) => onChange({ ...typed, [field.id]: value })}
      />
    ) : (
      <TextInput
        key={field.id}
        label={field.name}
        description={t(`fields.filledBy.${field.filled_by}`)}
        value={fieldWords(field, t, locale) ?? "—"}
        readOnly
        disabled
      />
    ),
  );
}

interface InputProps {
  field: CustomField;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function Input({ field, value, error, onChange }: InputProps) {
  const { t } = useTranslation();
  const label = field.name;
  const withAsterisk = field.required;
  switch (field.type) {
    case "date":
      return (
        <DateField
          label={label}
          withAsterisk={withAsterisk}
          value={value}
          error={error}
          autoComplete="off"
          onChange={onChange}
        />
      );
    case "number":
      return (
        <TextInput
          label={label}
          withAsterisk={withAsterisk}
          inputMode="decimal"
          value={value}
          error={error}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "text":
      return (
        <Textarea
          label={label}
          withAsterisk={withAsterisk}
          autosize
          minRows={1}
          maxRows={8}
          value={value}
          error={error}
          autoComplete="off"
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "choice":
    case "boolean": {
      const answers =
        field.type === "choice"
          ? choicesOf(field).map(({ code, text }) => ({ value: code, label: text }))
          : (["yes", "no"] as const).map((answer) => ({ value: answer, label: t(`fields.${answer}`) }));
      return (
        <Select
          label={label}
          withAsterisk={withAsterisk}
          clearable
          placeholder="—"
          value={value === "" ? null : value}
          error={error}
          data={answers}
          onChange={(chosen) => onChange(chosen ?? "")}
        />
      );
    }
  }
}
