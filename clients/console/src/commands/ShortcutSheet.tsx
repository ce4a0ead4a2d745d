/** The `?` sheet: every command that has keys, by group, and choosing other keys. */
import { Button, Modal } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { chordOf, clashOf, shortcutOf } from "./bindings.ts";
import { useCommands } from "./CommandsContext.tsx";
import { COMMANDS } from "./catalogue.ts";
import type { Command, CommandGroup } from "./command.ts";
import type { Conflict } from "./conflicts.ts";
import { Keys } from "./Keys.tsx";
import classes from "./ShortcutSheet.module.css";

const GROUPS: readonly CommandGroup[] = ["consultation", "callback", "call", "list", "go", "status", "desk"];

export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t("shortcuts.title")} size="xl">
      {opened && <Sheet />}
    </Modal>
  );
}

function Sheet() {
  const { t } = useTranslation();
  const { all } = useCommands();
  const { prefs } = useConsole();
  const { singleKeys, bindings } = useReadable(prefs.prefs);
  const [changing, setChanging] = useState<string | null>(null);
  /** Whose keys were just chosen, or left as they were: the keyboard goes on there. */
  const [chosen, setChosen] = useState<string | null>(null);
  const change = (id: string) => {
    setChosen(null);
    setChanging(id);
  };
  const done = (id: string) => {
    setChosen(id);
    setChanging(null);
  };
  return (
    <>
      {!singleKeys && <p className={classes.off}>{t("shortcuts.off")}</p>}
      <div className={classes.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{t(`commandGroup.${group}`)}</h3>
            <ul className={classes.list}>
              {all
                .filter((command) => command.group === group && command.shortcut !== null)
                .map((command) => (
                  <li key={command.id}>
                    {changing === command.id ? (
                      <Capture
                        command={command}
                        onDone={() => done(command.id)}
                        onLeave={() => setChanging(null)}
                      />
                    ) : (
                      <Line
                        command={command}
                        hasFocus={chosen === command.id}
                        onChange={() => change(command.id)}
                      />
                    )}
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={classes.hint}>
        {t("shortcuts.hint")} {t("shortcuts.everywhere")}
      </p>
      {Object.keys(bindings).length > 0 && (
        <Button variant="default" size="sm" onClick={() => prefs.change({ bindings: {} })}>
          {t("shortcuts.reset")}
        </Button>
      )}
    </>
  );
}

interface LineProps {
  command: Command;
  /** It takes the place of the button that waited for its keys. */
  hasFocus: boolean;
  onChange: () => void;
}

function Line({ command, hasFocus, onChange }: LineProps) {
  const { t } = useTranslation();
  const { context, legend } = useCommands();
  const { shortcut } = command;
  if (shortcut === null) return null;
  const words = legend(shortcut)
    .map((chord) => chord.join(" "))
    .join(", ");
  return (
    <button
      ref={hasFocus ? focusNow : undefined}
      type="button"
      className={classes.line}
      onClick={onChange}
      title={t("shortcuts.change")}
    >
      <span>{t(`command.${command.label(context)}`)}</span>
      <span className="unseen">
        {words}. {t("shortcuts.change")}
      </span>
      <Keys shortcut={shortcut} />
    </button>
  );
}

function focusNow(button: HTMLButtonElement | null): void {
  button?.focus();
}

interface CaptureProps {
  command: Command;
  onDone: () => void;
  /** The focus went elsewhere. */
  onLeave: () => void;
}

/** Waits for the new keys. Escape leaves it as it was; a clash is said and the waiting goes on. */
function Capture({ command, onDone, onLeave }: CaptureProps) {
  const { t } = useTranslation();
  const { context, platform, all, find } = useCommands();
  const { prefs } = useConsole();
  const [clash, setClash] = useState<Conflict | null>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      onDone();
      return;
    }
    const chord = chordOf(event.nativeEvent, platform);
    if (chord === null) return;
    const shortcut = shortcutOf(chord);
    const found = clashOf(all, command.id, shortcut, platform);
    setClash(found);
    if (found !== null) return;
    const { bindings } = prefs.prefs.get();
    const standard = COMMANDS.find(({ id }) => id === command.id)?.shortcut ?? null;
    const { [command.id]: _dropped, ...others } = bindings;
    prefs.change({
      bindings:
        JSON.stringify(standard) === JSON.stringify(shortcut)
          ? others
          : { ...others, [command.id]: shortcut },
    });
    onDone();
  };
  const other = clash === null ? undefined : clash.ids.find((id) => id !== command.id);
  return (
    <div className={classes.capture}>
      <span>{t(`command.${command.label(context)}`)}</span>
      <button
        ref={focusNow}
        type="button"
        className={classes.waiting}
        // Escape belongs to this button, not to the sheet around it.
        data-mantine-stop-propagation="true"
        onKeyDown={onKeyDown}
        onBlur={onLeave}
      >
        {t("shortcuts.press")}
      </button>
      {clash !== null && (
        <span className={classes.clash} role="alert">
          {other !== undefined
            ? t("shortcuts.taken", { command: t(`command.${find(other).label(context)}`) })
            : t(clash.kind === "reserved" ? "shortcuts.reserved" : "shortcuts.types")}
        </span>
      )}
    </div>
  );
}
