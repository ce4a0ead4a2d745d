/** The field of a prepared text, with a button for each placeholder. */
import { Button, Textarea, type TextareaProps } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Prepared.module.css";
import { PLACEHOLDERS, type Placeholder } from "./placeholders.ts";
import { useLabels } from "./usePlaceholders.ts";

/** Longest text. Unit: characters. */
const TEXT_MAX = 4_000;

interface PreparedTextProps extends Pick<TextareaProps, "label" | "required" | "error" | "rows" | "lang"> {
  value: string;
  onChange: (text: string) => void;
}

export function PreparedText({ value, onChange, ...rest }: PreparedTextProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const field = useRef<HTMLTextAreaElement>(null);
  const put = (name: Placeholder) => {
    const at = field.current?.selectionStart ?? value.length;
    onChange(`${value.slice(0, at)}{{${name}}}${value.slice(at)}`);
    field.current?.focus();
  };
  return (
    <div>
      <Textarea
        ref={field}
        rows={5}
        maxLength={TEXT_MAX}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...rest}
      />
      <div className={classes.placeholders} role="group" aria-label={t("canned.insert")}>
        <span>{t("canned.insert")}</span>
        {PLACEHOLDERS.map((name) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => put(name)}>
            {labels[name]}
          </Button>
        ))}
      </div>
    </div>
  );
}
