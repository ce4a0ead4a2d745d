/** A form in a dialog: its fields, what was refused of it, and the two buttons. */
import { Button } from "@mantine/core";
import type { KeyboardEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DialogForm.module.css";
import type { ProblemWords } from "./problem.ts";
import { useFocusHere } from "./useFocusHere.ts";

export interface DialogFormProps {
  /** Words of the button that sends. */
  submit: string;
  /** What is sent takes something away for good. */
  danger?: boolean;
  /** Whether it can be sent as it stands. */
  isWhole?: boolean;
  /** The button has the focus at first: Enter sends at once. */
  focusSubmit?: boolean;
  busy: boolean;
  refused: ProblemWords | null;
  onSubmit: () => void;
  onClose: () => void;
  onKeyDown?: KeyboardEventHandler<HTMLFormElement>;
  children: ReactNode;
}

export function DialogForm(props: DialogFormProps) {
  const { t } = useTranslation();
  const {
    submit,
    danger = false,
    isWhole = true,
    focusSubmit = false,
    busy,
    refused,
    onSubmit,
    onClose,
    onKeyDown,
    children,
  } = props;
  const form = useFocusHere<HTMLFormElement>();
  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) onSubmit();
      }}
      onKeyDown={onKeyDown}
    >
      {children}
      {refused !== null && (
        <p className={classes.refused} role="alert">
          {refused.title} {refused.text}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button
          type="submit"
          color={danger ? "red" : undefined}
          data-autofocus={focusSubmit || undefined}
          disabled={!isWhole}
          loading={busy}
        >
          {submit}
        </Button>
      </div>
    </form>
  );
}
