/** Where a note is written: hatched and labelled like the notes themselves, so that nobody writes to the patient by mistake. */
import { useSuggest } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { type KeyboardEvent, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemWords } from "../../ui/problem.ts";
import { MENTIONS_MAX, mentionedIn } from "../../writing/mentions.ts";
import { useMentions } from "../../writing/useMentions.ts";
import { TEXT_MAX } from "./model.ts";
import classes from "./Notes.module.css";
import { useColleagues } from "./useNotes.ts";

interface NoteFieldProps {
  label: string;
  submit: string;
  text: string;
  onText: (text: string) => void;
  onSubmit: (text: string) => void;
  onCancel?: () => void;
  busy: boolean;
  refused: ProblemWords | null;
  field?: RefObject<HTMLTextAreaElement | null>;
}

export function NoteField(props: NoteFieldProps) {
  const { label, submit, text, onText, onSubmit, onCancel, busy, refused } = props;
  const { t } = useTranslation();
  const own = useRef<HTMLTextAreaElement>(null);
  const field = props.field ?? own;
  const colleagues = useColleagues();
  const source = useMentions(colleagues);
  const suggesting = useSuggest({ field, text, onText, source });
  const mentions = mentionedIn(text, colleagues);
  const whole = text.trim() !== "" && mentions.length <= MENTIONS_MAX && !busy;
  const send = () => whole && onSubmit(text.trim());
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggesting.onKeyDown(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && onCancel !== undefined) {
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className={classes.field}
        rows={2}
        maxLength={TEXT_MAX}
        value={text}
        placeholder={t("notes.placeholder")}
        aria-label={label}
        onKeyDown={onKeyDown}
        {...suggesting.props}
        onChange={suggesting.onChange}
      />
      {suggesting.list}
      {refused !== null && (
        <p className={classes.refused} role="alert">
          {refused.title} {refused.text}
        </p>
      )}
      <div className={classes.foot}>
        <span className={classes.told} role="status">
          {mentions.length > MENTIONS_MAX
            ? t("notes.tooMany", { count: MENTIONS_MAX })
            : mentions.length > 0
              ? t("notes.willTell", { count: mentions.length })
              : ""}
        </span>
        {onCancel !== undefined && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
            {t("cancel")}
          </Button>
        )}
        <Button size="compact-sm" type="submit" variant="default" disabled={!whole} loading={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
