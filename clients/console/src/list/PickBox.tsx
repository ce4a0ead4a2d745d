/** The box before a row by which it is chosen; with Shift all rows up to it are. */
import classes from "./PickBox.module.css";

interface PickBoxProps {
  label: string;
  checked: boolean;
  /** Whether the tab key stops here: at one row of a list. */
  tabbable: boolean;
  onPick: (shift: boolean) => void;
}

export function PickBox({ label, checked, tabbable, onPick }: PickBoxProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the press from the row below it
    <label className={classes.pick} onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        tabIndex={tabbable ? 0 : -1}
        onChange={({ nativeEvent }) => onPick(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
        onKeyDown={(event) => {
          // Enter opens a row; in its box it does nothing.
          if (event.key === "Enter") event.stopPropagation();
        }}
      />
    </label>
  );
}
