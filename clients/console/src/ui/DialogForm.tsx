/** A form in a dialog: its fields, what was refused of it, and the two buttons. */
import { Button } from "@mantine/core";
import type { KeyboardEventHandler, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./DialogForm.module.css";
import type { ProblemWords } from "./problem.ts";

export interface DialogFormProps {
  /** Words of the button that sends. */
  submit: string;
  /** Whether it can be sent as it stands. */
  isWhole?: boolean;
  busy: boolean;
  refused: ProblemWords | null;
  onSubmit: () => void;
  onClose: () => void;
  onKeyDown?: KeyboardEventHandler<HTMLFormElement>;
  children: ReactNode;
}

export function DialogForm(props: DialogFormProps) {
  const { t } = useTranslation();
  const { submit, isWhole = true, busy, refused, onSubmit, onClose, onKeyDown, children } = props;
  return (
    <form
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
        <Button type="submit" disabled={!isWhole} loading={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
