/** The search field of a list. Answers to F, keeps its text in the address, empties on Escape. */
import { ActionIcon, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type Ref, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch, IconX } from "../icons.ts";

interface SearchProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  /** Milliseconds of silence before a change counts; 0 for lists that are here already. */
  delay?: number;
  ref?: Ref<HTMLInputElement>;
}

export function Search({ value, onChange, label, delay = 250, ref }: SearchProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const later = useDebouncedCallback(onChange, delay);
  useEffect(() => setText(value), [value]);
  const change = (next: string) => {
    setText(next);
    if (delay === 0 || next === "") onChange(next);
    else later(next);
  };
  return (
    <TextInput
      ref={ref}
      value={text}
      size="sm"
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || text === "") return;
        event.stopPropagation();
        change("");
      }}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      rightSection={
        text === "" ? undefined : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("clearSearch")}
            onClick={() => change("")}
          >
            <IconX size={14} />
          </ActionIcon>
        )
      }
      placeholder={label}
      aria-label={label}
      type="search"
    />
  );
}
