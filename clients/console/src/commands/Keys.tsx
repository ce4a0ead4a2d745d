/** The keys of a shortcut, drawn as keys. Hidden from readers: controls carry `aria-keyshortcuts` instead. */
import { useCommands } from "./CommandsContext.tsx";
import classes from "./Keys.module.css";
import type { Shortcut } from "./shortcut.ts";

export function Keys({ shortcut }: { shortcut: Shortcut }) {
  const { legend } = useCommands();
  return (
    <span className={classes.keys} aria-hidden="true">
      {legend(shortcut).map((chord) => (
        <span key={chord.join("+")} className={classes.chord}>
          {chord.map((part) => (
            <kbd key={part} className={classes.key}>
              {part}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
