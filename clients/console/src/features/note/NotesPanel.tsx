/** Notes of staff in the conversation pane: a box of its own over the talk, hatched and labelled, that the patient never sees. */
import { ApiProblem, type Mention } from "@consilium/kit/api";
import { useDraft } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { Keys } from "../../commands/Keys.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconChevronDown, IconChevronRight, IconLock } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import { draftName } from "./model.ts";
import { NoteField } from "./NoteField.tsx";
import { NoteItem } from "./NoteItem.tsx";
import classes from "./Notes.module.css";
import { type NotesOf, useNotes, useWriteNote } from "./useNotes.ts";

interface NotesPanelProps {
  conversationId: string;
  /** Whether they are read without being asked for: each reading is recorded. */
  opened: boolean;
}

export function NotesPanel({ conversationId, opened }: NotesPanelProps) {
  const { t } = useTranslation();
  const { noteField } = useDesk();
  const { shortcut } = useCommands().find("consultation.note");
  const mentioned = useIsMentioned((mention) => mention.conversation_id === conversationId);
  const [open, setOpen] = useOpen(opened, mentioned);
  const field = useRef<HTMLTextAreaElement>(null);
  // The focus may be asked for before the field is there.
  const wanted = useRef(false);
  const id = useId();
  useEffect(() => {
    const focus = () => {
      wanted.current = field.current === null;
      setOpen(true);
      field.current?.focus();
    };
    noteField.set(focus);
    return () => noteField.set(null);
  }, [noteField, setOpen]);
  const state = useNotes({ conversation: conversationId }, open);
  const total = state.total;
  return (
    <section className={classes.panel} aria-label={t("notes.title")} data-open={open}>
      <button
        type="button"
        className={classes.head}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? (
          <IconChevronDown size={16} stroke={1.75} aria-hidden />
        ) : (
          <IconChevronRight size={16} stroke={1.75} aria-hidden />
        )}
        <span className={classes.title}>{t("notes.title")}</span>
        {total !== null && total > 0 && <span className={classes.count}>{total}</span>}
        <span className={classes.only}>
          <IconLock size={14} stroke={1.75} aria-hidden /> {t("notes.onlyStaff")}
        </span>
        {shortcut !== null && <Keys shortcut={shortcut} />}
      </button>
      <div id={id} className={classes.body} hidden={!open}>
        {open && (
          <>
            {!(state.isError && ApiProblem.of(state.error).slug === "forbidden") && (
              <Write
                conversationId={conversationId}
                field={field}
                onReady={() => {
                  if (wanted.current) field.current?.focus();
                  wanted.current = false;
                }}
              />
            )}
            <NoteList of={{ conversation: conversationId }} state={state} />
          </>
        )}
      </div>
    </section>
  );
}

/** Whether a colleague's mention opens these notes: whoever comes by it wants to read them. */
function useIsMentioned(test: (mention: Mention) => boolean): boolean {
  const items = useReadable(useConsole().mentions.items);
  const now = Date.now();
  return [...items.values()].some((mention) => test(mention) && Date.parse(mention.until) > now);
}

/** Open at first for who was mentioned, also where that is known a moment later. A mention that comes while one is here unfolds nothing under his hands. */
function useOpen(opened: boolean, mentioned: boolean) {
  const loaded = useReadable(useConsole().mentions.loaded);
  const [open, setOpen] = useState(opened || mentioned);
  const [decided, setDecided] = useState(loaded);
  if (loaded && !decided) {
    setDecided(true);
    if (mentioned) setOpen(true);
  }
  return [open, setOpen] as const;
}

interface WriteProps {
  conversationId: string;
  field: React.RefObject<HTMLTextAreaElement | null>;
  onReady: () => void;
}

function Write({ conversationId, field, onReady }: WriteProps) {
  const { t } = useTranslation();
  const { engine } = useConsole();
  const [draft, setDraft, clearDraft] = useDraft(engine, draftName(conversationId));
  const write = useWriteNote(conversationId);
  const ready = useRef(onReady);
  ready.current = onReady;
  useEffect(() => ready.current(), []);
  return (
    <NoteField
      label={t("notes.label")}
      submit={t("notes.submit")}
      text={draft.text}
      onText={(text) => setDraft({ text, replyTo: null })}
      onSubmit={(text) => write.mutate(text, { onSuccess: clearDraft })}
      busy={write.isPending}
      refused={write.error === null ? null : problemWords(write.error, t)}
      field={field}
    />
  );
}

interface NoteListProps {
  of: NotesOf;
  state: ReturnType<typeof useNotes>;
}

function NoteList({ of, state }: NoteListProps) {
  const { t } = useTranslation();
  if (state.isError) {
    const words = problemWords(state.error, t);
    const closed = ApiProblem.of(state.error).slug === "forbidden";
    return (
      <div className={classes.empty} role="status">
        <p>{closed ? t("notes.closed") : `${words.title} ${words.text ?? ""}`}</p>
        {words.again && (
          <Button size="compact-sm" variant="default" onClick={() => void state.refetch()}>
            {t("tryAgain")}
          </Button>
        )}
      </div>
    );
  }
  if (state.data === undefined) return <p className={classes.empty}>{t("loading")}</p>;
  if (state.notes.length === 0)
    return <p className={classes.empty}>{"conversation" in of ? t("notes.none") : t("notes.nonePatient")}</p>;
  return (
    <>
      <ol className={classes.list} aria-label={t("notes.title")}>
        {state.notes.map((note) => (
          <NoteItem key={note.id} note={note} />
        ))}
      </ol>
      {state.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={state.isFetchingNextPage}
          onClick={() => void state.fetchNextPage()}
        >
          {t("notes.earlier")}
        </Button>
      )}
    </>
  );
}

/** Notes on a patient in his card: of all conversations that are open to the reader. Read when asked for. */
export function PatientNotes({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const mentioned = useIsMentioned(({ patient }) => patient.id === patientId);
  const [open, setOpen] = useOpen(false, mentioned);
  const of = { patient: patientId };
  const state = useNotes(of, open);
  return (
    <section className={classes.card} aria-label={t("notes.onPatient")}>
      <h3 className={classes.cardTitle}>
        {t("notes.title")} {state.total !== null && <span className={classes.count}>{state.total}</span>}
      </h3>
      {open ? (
        <NoteList of={of} state={state} />
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t("notes.show")}
        </Button>
      )}
    </section>
  );
}
