/** One note: who, when, what it says, whom it mentions; what its author and supervisors may do with it. */
import type { Note } from "@consilium/kit/api";
import { Dialog } from "@consilium/kit/ui";
import { ActionIcon, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconHistory, IconPencil, IconTrash } from "../../icons.ts";
import { useNow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loaded } from "../../ui/Loaded.tsx";
import { problemWords } from "../../ui/problem.ts";
import { Refusal } from "../../ui/Refusal.tsx";
import { partsOf } from "../../writing/mentions.ts";
import { mayDo } from "./model.ts";
import { NoteField } from "./NoteField.tsx";
import classes from "./Notes.module.css";
import { useChangeNote, useRemoveNote } from "./useNotes.ts";

export function NoteItem({ note }: { note: Note }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const [editing, setEditing] = useState(false);
  const role = me.role === "supervisor" ? "supervisor" : "operator";
  const may = mayDo(note, { operatorId: me.operator?.id ?? null, role }, useNow());
  if (note.deleted !== null) {
    return (
      <li className={classes.note} data-deleted>
        <p className={classes.gone}>
          {t("notes.deleted", { author: note.author.name, by: note.deleted.by.name })}{" "}
          <When at={note.deleted.at} />
        </p>
      </li>
    );
  }
  return (
    <li className={classes.note}>
      <div className={classes.top}>
        <span className={classes.author}>{note.author.name}</span>
        <When at={note.created_at} className={classes.when} />
        {note.edited_at !== null && <Edited note={note} />}
        <span className={classes.acts}>
          {may.edit && !editing && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("notes.edit")}
              onClick={() => setEditing(true)}
            >
              <IconPencil size={16} stroke={1.75} />
            </ActionIcon>
          )}
          {may.remove && <Remove note={note} />}
        </span>
      </div>
      {editing ? <Edit note={note} onClose={() => setEditing(false)} /> : <Words note={note} />}
    </li>
  );
}

function Words({ note }: { note: Note }) {
  return (
    <p className={classes.text}>
      {partsOf(note.text ?? "", note.mentions).map((part, index) =>
        part.kind === "mention" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts never move
          <strong key={index} className={classes.mention}>
            @{part.name}
          </strong>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}

function Edit({ note, onClose }: { note: Note; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(note.text ?? "");
  const change = useChangeNote(note);
  return (
    <NoteField
      label={t("notes.editLabel")}
      submit={t("save")}
      text={text}
      onText={setText}
      onSubmit={(next) => change.mutate(next, { onSuccess: onClose })}
      onCancel={onClose}
      busy={change.isPending}
      refused={change.error === null ? null : problemWords(change.error, t)}
    />
  );
}

function Remove({ note }: { note: Note }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const remove = useRemoveNote(note);
  return (
    <>
      <ActionIcon variant="subtle" color="gray" aria-label={t("notes.remove")} onClick={() => setAsked(true)}>
        <IconTrash size={16} stroke={1.75} />
      </ActionIcon>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t("notes.removeTitle")}
        footer={
          <>
            <Button variant="default" onClick={() => setAsked(false)}>
              {t("cancel")}
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => setAsked(false) })}
            >
              {t("notes.removeConfirm")}
            </Button>
          </>
        }
      >
        <p>{t("notes.removeText")}</p>
        <Refusal error={remove.error} />
      </Dialog>
    </>
  );
}

/** «edited», and what it said before, for who asks. */
function Edited({ note }: { note: Note }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={classes.edited} onClick={() => setOpen(true)}>
        <IconHistory size={14} stroke={1.75} aria-hidden /> {t("notes.edited")}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("notes.versions")}>
        {open && <Versions note={note} />}
      </Dialog>
    </>
  );
}

function Versions({ note }: { note: Note }) {
  const { api } = useConsole();
  const answer = useQuery({
    queryKey: ["note-versions", note.id, note.version],
    queryFn: () => api.notes.versions(note.id),
  });
  return (
    <Loaded answer={answer} rows={2} rowHeight={40}>
      {(versions) => (
        <ol className={classes.versions}>
          {versions.map(({ at, text }) => (
            <li key={at}>
              <When at={at} className={classes.when} />
              <p className={classes.text}>{text}</p>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}
