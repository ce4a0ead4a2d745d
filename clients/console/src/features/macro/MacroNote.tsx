/** The note of a macro: colleagues are named behind an `@`, as in notes that are written by hand. */
import { useSuggest } from "@consilium/kit/ui";
import { Textarea } from "@mantine/core";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import { colleaguesOf, MENTIONS_MAX, mentionedIn } from "../../writing/mentions.ts";
import { useMentions } from "../../writing/useMentions.ts";
import type { PartProps } from "./MacroEditor.tsx";
import { NOTE_MAX } from "./model.ts";

export function MacroNote({ form, refused, onChange }: PartProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const { operators } = useBoard();
  // Whoever runs it is left out then: who makes it may name himself.
  const colleagues = useMemo(() => colleaguesOf(operators.values(), null), [operators]);
  const source = useMentions(colleagues);
  const onText = (note: string) => onChange({ note, mentions: mentionedIn(note, colleagues) });
  const suggesting = useSuggest({ field, text: form.note, onText, source });
  const count = form.mentions.length;
  const told = count > 0 ? t("notes.willTell", { count }) : null;
  const tooMany = count > MENTIONS_MAX ? t("notes.tooMany", { count: MENTIONS_MAX }) : undefined;
  return (
    <div>
      <Textarea
        ref={field}
        label={t("macros.note")}
        description={[t("macros.noteHint"), told].filter((words) => words !== null).join(" ")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={NOTE_MAX}
        value={form.note}
        error={refused.get("note") ?? refused.get("mentions") ?? tooMany}
        // While something is suggested, Escape is for the list and not for the dialog.
        data-mantine-stop-propagation={suggesting.list === null ? undefined : true}
        onKeyDown={suggesting.onKeyDown}
        {...suggesting.props}
        onChange={suggesting.onChange}
      />
      {suggesting.list}
    </div>
  );
}
