/** The field for words of sealed conversations. It searches when it is told to and not while one types: each search is recorded. */
import { ActionIcon, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch, IconX } from "../../icons.ts";
import { refusalOf, WORDS_MAX } from "./model.ts";

interface FullTextFieldProps {
  /** What is searched for; empty: nothing. */
  asked: string;
  onAsk: (words: string) => void;
}

export function FullTextField({ asked, onAsk }: FullTextFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(asked);
  const [refusal, setRefusal] = useState<ReturnType<typeof refusalOf>>(null);
  useEffect(() => setText(asked), [asked]);
  const clear = () => {
    setText("");
    setRefusal(null);
    onAsk("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    const refused = words === "" ? null : refusalOf(words);
    setRefusal(refused);
    if (refused === null) onAsk(words);
  };
  const isAsked = asked !== "" && text.trim() === asked;
  return (
    <form onSubmit={submit}>
      <TextInput
        size="sm"
        type="search"
        value={text}
        maxLength={WORDS_MAX}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setRefusal(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || (text === "" && asked === "")) return;
          event.stopPropagation();
          clear();
        }}
        placeholder={t("archive.text.label")}
        aria-label={t("archive.text.label")}
        description={t("archive.text.recorded")}
        inputWrapperOrder={["input", "error", "description"]}
        error={refusal === null ? undefined : t(`archive.text.${refusal}`)}
        rightSection={
          isAsked ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("archive.text.clear")}
              onClick={clear}
            >
              <IconX size={14} />
            </ActionIcon>
          ) : (
            <ActionIcon
              type="submit"
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t("archive.text.submit")}
            >
              <IconSearch size={16} stroke={1.75} />
            </ActionIcon>
          )
        }
      />
    </form>
  );
}
