/** Hands a consultation on, to a queue or a colleague, with a note for whoever takes it. */
import { Button, Modal, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconSearch } from "../../icons.ts";
import { useActionState, useBoard, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { problemWords } from "../../ui/problem.ts";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { filterChoices, type TransferChoice } from "./model.ts";
import classes from "./TransferDialog.module.css";

const NOTE_MAX = 2_000;

interface TransferDialogProps {
  consultationId: string | null;
  onClose: () => void;
}

export function TransferDialog({ consultationId, onClose }: TransferDialogProps) {
  const { t } = useTranslation();
  const row = useRow(consultationId);
  return (
    <Modal
      opened={consultationId !== null}
      onClose={onClose}
      title={t("transfer.title", { name: row?.patient.name ?? "" })}
      size="lg"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {consultationId !== null && <Form id={consultationId} onClose={onClose} />}
    </Modal>
  );
}

function useChoices(kind: "queue" | "operator"): TransferChoice[] {
  const { me } = useConsole();
  const board = useBoard();
  return useMemo(() => {
    if (kind === "queue") {
      return [...board.queues.values()].map(({ id, name, operators_online }) => ({
        id,
        kind,
        name,
        ready: operators_online > 0,
      }));
    }
    return [...board.operators.values()]
      .filter(({ id }) => id !== me.operator?.id)
      .map(({ id, name, status }) => ({
        id,
        kind,
        name,
        ready: status === "online" || status === "transfer_only",
      }));
  }, [board, kind, me.operator?.id]);
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  const [kind, setKind] = useState<"queue" | "operator">("queue");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<TransferChoice | null>(null);
  const [note, setNote] = useState("");
  const action = useActionState(id);
  const choices = filterChoices(useChoices(kind), q);
  const busy = action?.status === "busy";
  const refused =
    action?.status === "refused" && action.verb === "transfer" ? problemWords(action.problem, t) : null;

  const send = async () => {
    if (chosen === null || busy) return;
    const target = chosen.kind === "queue" ? { queue_id: chosen.id } : { operator_id: chosen.id };
    if (await actions.transfer(id, target, note.trim())) onClose();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
      }}
    >
      <SegmentedControl
        fullWidth
        value={kind}
        onChange={(value) => {
          setKind(value);
          setChosen(null);
        }}
        aria-label={t("transfer.to")}
        data={[
          { value: "queue", label: t("transfer.toQueue") },
          { value: "operator", label: t("transfer.toOperator") },
        ]}
      />
      <TextInput
        data-autofocus
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
        placeholder={t(kind === "queue" ? "transfer.findQueue" : "transfer.findOperator")}
        aria-label={t(kind === "queue" ? "transfer.findQueue" : "transfer.findOperator")}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
        onKeyDown={(event) => {
          const first = choices[0];
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || first === undefined) return;
          event.preventDefault();
          setChosen(first);
        }}
      />
      <Choices kind={kind} choices={choices} chosen={chosen} onChoose={setChosen} />
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.noteHint")}
        rows={3}
        maxLength={NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {refused !== null && (
        <p className={classes.refused} role="alert">
          {refused.title} {refused.text}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" disabled={chosen === null} loading={busy}>
          {chosen === null ? t("transfer.submit") : t("transfer.submitTo", { name: chosen.name })}
        </Button>
      </div>
    </form>
  );
}

interface ChoicesProps {
  kind: "queue" | "operator";
  choices: readonly TransferChoice[];
  chosen: TransferChoice | null;
  onChoose: (choice: TransferChoice) => void;
}

/** Radio buttons, so that the arrows choose; drawn as rows. */
function Choices({ kind, choices, chosen, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  const name = useId();
  const board = useBoard();
  if (choices.length === 0) return <p className={classes.none}>{t("transfer.none")}</p>;
  return (
    <fieldset className={classes.choices} onKeyDown={keepEnter}>
      <legend className="unseen">{t("transfer.to")}</legend>
      {choices.map((choice) => {
        const operator = kind === "operator" ? board.operators.get(choice.id) : undefined;
        const queue = kind === "queue" ? board.queues.get(choice.id) : undefined;
        return (
          <label key={choice.id} className={classes.choice}>
            <input
              type="radio"
              name={name}
              checked={chosen?.id === choice.id}
              onChange={() => onChoose(choice)}
            />
            <span className={classes.choiceName}>{choice.name}</span>
            <span className={classes.choiceAbout}>
              {operator !== undefined && (
                <>
                  <StatusDot status={operator.status} /> {t(`status.${operator.status}`)} ·{" "}
                  {t("operators.talks", { count: operator.active_consultations })}
                </>
              )}
              {queue !== undefined &&
                t("transfer.queueAbout", { online: queue.operators_online, waiting: queue.waiting })}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** Enter on a choice must not send the form before the note is written. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
}
