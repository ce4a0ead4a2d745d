/** What was just done: five seconds to take it back by one press. Where that fails, it says why until it is read. */
import type { Cell } from "@consilium/kit/matrix";
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconArrowBackUp } from "../icons.ts";
import { UNDO_MS } from "../live/actions.ts";
import { useReadable } from "../live/hooks.ts";
import { problemWords } from "./problem.ts";
import classes from "./UndoBar.module.css";

/** Of a mutation: what the bar uses. */
interface TakingBack<T> {
  /** Empties the cell when it is done. */
  readonly mutate: (done: T) => void;
  readonly reset: () => void;
  readonly isPending: boolean;
  readonly error: Error | null;
}

interface UndoBarProps<T> {
  /** What was done; null: nothing that one press takes back. */
  cell: Cell<T | null>;
  words: (done: T) => string;
  back: TakingBack<T>;
}

export function UndoBar<T>({ cell, words, back }: UndoBarProps<T>) {
  const { t } = useTranslation();
  const done = useReadable(cell);
  const { reset, isPending, error } = back;
  useEffect(() => {
    if (done === null || isPending || error !== null) return;
    const timer = setTimeout(() => cell.set(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [done, cell, isPending, error]);
  useEffect(() => {
    if (done === null) reset();
  }, [done, reset]);
  const press = () => {
    if (done === null || isPending) return;
    if (error === null) back.mutate(done);
    else cell.set(null);
  };
  useKeyOf(press, done !== null);
  return (
    <div className={classes.bars} role="status">
      {done !== null && (
        <div className={classes.bar}>
          <span>{error === null ? words(done) : problemWords(error, t).title}</span>
          <Button
            size="compact-md"
            leftSection={<IconArrowBackUp size={16} stroke={2} aria-hidden />}
            loading={isPending}
            onClick={press}
          >
            {t(error === null ? "command.undo" : "understood")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The key that takes back reaches the bar as long as it is there. */
function useKeyOf(press: () => void, isShown: boolean): void {
  const { takeBack } = useDesk();
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    if (!isShown) return;
    const run = () => latest.current();
    takeBack.set(run);
    return () => {
      if (takeBack.get() === run) takeBack.set(null);
    };
  }, [takeBack, isShown]);
}
