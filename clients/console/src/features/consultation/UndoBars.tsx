/** Closes that are about to be sent: five seconds to take one back, or a note to go with it. */
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { Keys } from "../../commands/Keys.tsx";
import { IconArrowBackUp } from "../../icons.ts";
import { UNDO_MS } from "../../live/actions.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { asPane } from "../../ui/Pane.tsx";
import classes from "./UndoBars.module.css";

export function UndoBars() {
  const { actions } = useConsole();
  const states = useReadable(actions.states);
  const closing = [...states].flatMap(([id, state]) =>
    state.status === "closing" ? [{ id, writing: state.endsAt === null }] : [],
  );
  return (
    <div {...asPane("bar", closing.length > 0)} className={classes.bars} role="status">
      {closing.map(({ id, writing }, index) => (
        <Bar key={id} id={id} writing={writing} last={index === closing.length - 1} />
      ))}
    </div>
  );
}

function Bar({ id, writing, last }: { id: string; writing: boolean; last: boolean }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  const board = useBoard();
  const [note, setNote] = useState("");
  const row = board.rows.get(id);
  const name = row === undefined ? "" : whoseName(row);
  const { find } = useCommands();
  const { shortcut } = find("consultation.undo");
  const noteKey = find("consultation.close-note").shortcut;
  const send = () => void actions.closeNow(id, note);
  return (
    <div className={classes.bar} data-writing={writing}>
      {!writing && (
        <span className={classes.clock} style={{ animationDuration: `${UNDO_MS}ms` }} aria-hidden="true" />
      )}
      <span className={classes.words}>{t(writing ? "undo.writing" : "undo.closing", { name })}</span>
      {writing && (
        <Textarea
          className={classes.note}
          rows={2}
          maxLength={2000}
          data-autofocus
          autoFocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          }}
          label={t("undo.note")}
          description={t("undo.noteHint")}
        />
      )}
      <span className={classes.buttons}>
        {writing ? (
          <Button size="compact-md" onClick={send}>
            {t("undo.closeNow")}
          </Button>
        ) : (
          <Button
            size="compact-md"
            variant="default"
            rightSection={last && noteKey !== null ? <Keys shortcut={noteKey} /> : undefined}
            onClick={() => actions.writeNote(id)}
          >
            {t("undo.addNote")}
          </Button>
        )}
        <Button
          size="compact-md"
          variant={writing ? "default" : "filled"}
          leftSection={<IconArrowBackUp size={16} stroke={2} />}
          rightSection={last && !writing && shortcut !== null ? <Keys shortcut={shortcut} /> : undefined}
          onClick={() => actions.undo(id)}
        >
          {t("command.undo")}
        </Button>
      </span>
    </div>
  );
}
