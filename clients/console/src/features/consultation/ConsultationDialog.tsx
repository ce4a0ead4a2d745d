/** What dialogs about a consultation share: the frame, the refusal of what was asked for, the search, the choice of one of many. */
import { Modal, TextInput, type TextInputProps } from "@mantine/core";
import { type KeyboardEventHandler, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch } from "../../icons.ts";
import type { Verb } from "../../live/actions.ts";
import { useActionState, useRow } from "../../live/hooks.ts";
import { whoseName } from "../../live/whose.ts";
import { DialogForm, type DialogFormProps } from "../../ui/DialogForm.tsx";
import { problemWords } from "../../ui/problem.ts";
import classes from "./ConsultationDialog.module.css";

export interface ConsultationDialogProps {
  /** `null`: the dialog is closed. */
  consultationId: string | null;
  onClose: () => void;
}

interface FrameProps extends ConsultationDialogProps {
  /** Key of its words, in which the patient is `name`. */
  title: string;
  children: (id: string) => ReactNode;
}

export function ConsultationDialog({ consultationId, onClose, title, children }: FrameProps) {
  const { t } = useTranslation();
  const row = useRow(consultationId);
  return (
    <Modal
      opened={consultationId !== null}
      onClose={onClose}
      title={t(title, { name: row === null ? "" : whoseName(row) })}
      size="lg"
    >
      {consultationId !== null && children(consultationId)}
    </Modal>
  );
}

interface FormProps extends Omit<DialogFormProps, "busy" | "refused" | "onSubmit"> {
  id: string;
  /** The action that is asked for here: its refusal is shown. */
  verb: Verb;
  /** `true` when it went through. */
  send: () => Promise<boolean>;
}

export function ConsultationForm({ id, verb, send, onClose, ...form }: FormProps) {
  const { t } = useTranslation();
  const action = useActionState(id);
  const refused =
    action?.status === "refused" && action.verb === verb ? problemWords(action.problem, t) : null;
  return (
    <DialogForm
      {...form}
      busy={action?.status === "busy"}
      refused={refused}
      onSubmit={() => void send().then((sent) => sent && onClose())}
      onClose={onClose}
    />
  );
}

interface FinderProps extends Pick<TextInputProps, "onKeyDown"> {
  label: string;
  value: string;
  onChange: (q: string) => void;
}

export function Finder({ label, onChange, ...rest }: FinderProps) {
  return (
    <TextInput
      data-autofocus
      placeholder={label}
      aria-label={label}
      leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...rest}
    />
  );
}

export interface Choice {
  id: string;
  name: string;
  about: ReactNode;
  isDisabled?: boolean;
}

interface ChoicesProps {
  label: string;
  /** What stands there when there is nothing to choose. */
  none: string;
  choices: readonly Choice[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onKeyDown?: KeyboardEventHandler;
}

/** Radio buttons, so that the arrows choose; drawn as rows. */
export function Choices({ label, none, choices, chosen, onChoose, onKeyDown }: ChoicesProps) {
  const group = useId();
  if (choices.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <fieldset className={classes.choices} onKeyDown={onKeyDown}>
      <legend className="unseen">{label}</legend>
      {choices.map(({ id, name, about, isDisabled = false }) => (
        <label key={id} className={classes.choice}>
          <input
            type="radio"
            name={group}
            checked={chosen === id}
            disabled={isDisabled}
            onChange={() => onChoose(id)}
          />
          <span className={classes.choiceName}>{name}</span>
          <span className={classes.choiceAbout}>{about}</span>
        </label>
      ))}
    </fieldset>
  );
}
