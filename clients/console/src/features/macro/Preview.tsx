/** Everything that a macro will say and do, in order, and whether it can; the text may still be changed. */
import type { ConsultationRow, DeskFile, Macro } from "@consilium/kit/api";
import { useBrand, useFormats, useLocale } from "@consilium/kit/brand";
import { Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { doingsOf, type MacroDoing, textIn } from "../../live/macros.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { TagChip } from "../../ui/TagChip.tsx";
import { filled, firstGap } from "../../writing/placeholders.ts";
import { useLabels, useValues } from "../../writing/usePlaceholders.ts";
import classes from "./Macros.module.css";
import { useRefusal } from "./refusal.ts";
import { useRun } from "./useRun.ts";

interface PreviewProps {
  macro: Macro;
  row: ConsultationRow;
  onClose: () => void;
}

/** What the text is at first, with what is known in its places. */
function useWords({ macro, row }: Pick<PreviewProps, "macro" | "row">) {
  const locale = useLocale();
  const { default_language: main } = useBrand();
  const labels = useLabels();
  const values = useValues(row);
  const [first] = useState(() => {
    const text = textIn(macro.content, [locale, main]);
    return text === null ? null : filled(text, values, labels);
  });
  const [words, setWords] = useState(first?.text ?? null);
  return { words, setWords, select: first?.select, gap: words === null ? null : firstGap(words, labels) };
}

export function Preview({ macro, row, onClose }: PreviewProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { words, setWords, select, gap } = useWords({ macro, row });
  const { run, state, sent, cancel } = useRun({ macro, row, onDone: onClose });
  const check = useQuery({
    queryKey: ["macro-check", row.id, row.phase, macro.id, macro.version],
    queryFn: async () => {
      await api.macros.check(row.id, macro.id, { version: macro.version, request_id: crypto.randomUUID() });
      return true;
    },
    retry: false,
    gcTime: 0,
  });
  const says = words !== null || macro.content.files.length > 0;
  const refusal = useRefusal({ state, row, says, checked: check.error });
  const isEmpty = words !== null && words.trim() === "";
  const stops = refusal !== null && !refusal.again;
  return (
    <DialogForm
      submit={t(sent > 0 ? "macros.rest" : "macros.run")}
      focusSubmit={gap === null}
      isWhole={gap === null && !isEmpty && !stops}
      busy={state.status === "running"}
      refused={refusal}
      onClose={() => {
        cancel();
        onClose();
      }}
      onSubmit={() => run(words)}
    >
      <p className={classes.hint}>{t("macros.order")}</p>
      <ol className={classes.doings}>
        {doingsOf(macro.content).map((doing) => (
          <li key={doing.kind} className={classes.doing} data-kind={doing.kind}>
            {doing.kind === "text" && words !== null ? (
              <Words words={words} select={select} gap={gap} said={sent > 0} onWords={setWords} />
            ) : (
              <Doing doing={doing} />
            )}
          </li>
        ))}
      </ol>
    </DialogForm>
  );
}

interface WordsProps {
  words: string;
  select: readonly [number, number] | undefined;
  gap: string | null;
  said: boolean;
  onWords: (words: string) => void;
}

/** As in the composer: Enter sends, Shift-Enter is a new line. */
function Words({ words, select, gap, said, onWords }: WordsProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isFirst, setFirst] = useState(true);
  // The gap is selected as soon as the field is there, to be written over.
  useLayoutEffect(() => {
    if (select !== undefined) field.current?.setSelectionRange(...select);
  }, [select]);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <Textarea
      ref={field}
      data-autofocus={select === undefined ? undefined : true}
      label={t(said ? "macros.textSaid" : "macros.doing.text")}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={4_000}
      value={words}
      readOnly={said}
      error={gap === null ? null : t("canned.fillIn", { gap })}
      onFocus={(event) => {
        if (isFirst && select !== undefined) event.currentTarget.setSelectionRange(...select);
        setFirst(false);
      }}
      onChange={(event) => onWords(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function Doing({ doing }: { doing: MacroDoing }) {
  const { t } = useTranslation();
  const { queues } = useBoard();
  switch (doing.kind) {
    case "text":
      return null;
    case "remove_tags":
    case "add_tags":
      return (
        <Step title={t(`macros.doing.${doing.kind}`)}>
          <Tags ids={doing.tags} />
        </Step>
      );
    case "files":
      return (
        <Step title={t("macros.doing.files")}>
          <Files files={doing.files} />
        </Step>
      );
    case "note":
      return (
        <Step title={t("macros.doing.note")}>
          {doing.text}
          <Told ids={doing.mentions} />
        </Step>
      );
    case "hold":
      return (
        <Step
          title={
            doing.minutes === null
              ? t("macros.doing.holdOpen")
              : t("macros.doing.hold", { count: doing.minutes })
          }
        />
      );
    case "transfer":
      return (
        <Step title={t("macros.doing.transfer", { queue: queues.get(doing.queueId)?.name ?? doing.queueId })}>
          {doing.note}
        </Step>
      );
    case "close":
      return <Step title={t("macros.doing.close")}>{doing.note}</Step>;
  }
}

function Step({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <>
      <span className={classes.what}>{title}</span>
      {children !== null && children !== undefined && <div className={classes.whole}>{children}</div>}
    </>
  );
}

function Files({ files }: { files: readonly DeskFile[] }) {
  const { fileSize } = useFormats();
  return (
    <ul className={classes.files}>
      {files.map(({ id, name, size_bytes: size }) => (
        <li key={id}>
          {name} <span className={classes.quiet}>{fileSize(size)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Whom the note names. Whoever runs the macro knows of it already. */
function Told({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const { operators } = useBoard();
  const { me } = useConsole();
  const others = ids.filter((id) => id !== me.operator?.id);
  if (others.length === 0) return null;
  const names = others.map((id) => operators.get(id)?.name ?? t("macros.nobody"));
  return <p className={classes.quiet}>{t("macros.tells", { names: names.join(", ") })}</p>;
}

function Tags({ ids }: { ids: readonly string[] }) {
  const tags = useReadable(useConsole().tags.items);
  return (
    <ul className={classes.tags}>
      {ids.map((id) => {
        const tag = tags.get(id);
        return tag === undefined ? null : (
          <li key={id}>
            <TagChip tag={tag} />
          </li>
        );
      })}
    </ul>
  );
}
