/** Hands a consultation on, to a queue or a colleague, with a note for whoever takes it. */
import { SegmentedControl, Textarea } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBoard } from "../../live/hooks.ts";
import { statusWords } from "../../live/reason.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DutySentence } from "../../ui/Duty.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import {
  Choices,
  ConsultationDialog,
  type ConsultationDialogProps,
  ConsultationForm,
  Finder,
} from "./ConsultationDialog.tsx";
import { filterChoices, type TransferChoice } from "./model.ts";

const NOTE_MAX = 2_000;

export function TransferDialog(props: ConsultationDialogProps) {
  return (
    <ConsultationDialog title="transfer.title" {...props}>
      {(id) => <Form id={id} onClose={props.onClose} />}
    </ConsultationDialog>
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

/** How busy a place is to which one may hand on; of a colleague who is not there, when he is on duty. */
function useAbout(): (choice: TransferChoice) => ReactNode {
  const { t } = useTranslation();
  const { queues, operators } = useBoard();
  return ({ id, kind, ready }) => {
    const operator = kind === "operator" ? operators.get(id) : undefined;
    const queue = kind === "queue" ? queues.get(id) : undefined;
    return (
      <>
        {operator !== undefined && (
          <>
            <StatusDot status={operator.status} color={operator.status_kind?.color ?? null} />{" "}
            {statusWords(operator, t)} · {t("operators.talks", { count: operator.active_consultations })}
            {!ready && operator.duty !== null && (
              <>
                {" · "}
                <DutySentence times={operator.duty} />
              </>
            )}
          </>
        )}
        {queue !== undefined &&
          t("transfer.queueAbout", { online: queue.operators_online, waiting: queue.waiting })}
      </>
    );
  };
}

function Form({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { actions } = useConsole();
  const [kind, setKind] = useState<"queue" | "operator">("queue");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<TransferChoice | null>(null);
  const [note, setNote] = useState("");
  const choices = filterChoices(useChoices(kind), q);
  const about = useAbout();

  const send = async () => {
    if (chosen === null) return false;
    const target = chosen.kind === "queue" ? { queue_id: chosen.id } : { operator_id: chosen.id };
    return actions.transfer(id, target, note.trim());
  };
  return (
    <ConsultationForm
      id={id}
      verb="transfer"
      submit={chosen === null ? t("transfer.submit") : t("transfer.submitTo", { name: chosen.name })}
      isWhole={chosen !== null}
      send={send}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
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
      <Finder
        label={t(kind === "queue" ? "transfer.findQueue" : "transfer.findOperator")}
        value={q}
        onChange={setQ}
        onKeyDown={(event) => {
          const first = choices[0];
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || first === undefined) return;
          event.preventDefault();
          setChosen(first);
        }}
      />
      <Choices
        label={t("transfer.to")}
        none={t("transfer.none")}
        choices={choices.map((choice) => ({ ...choice, about: about(choice) }))}
        chosen={chosen?.id ?? null}
        onChoose={(of) => setChosen(choices.find((choice) => choice.id === of) ?? null)}
        onKeyDown={keepEnter}
      />
      <Textarea
        label={t("transfer.note")}
        description={t("transfer.noteHint")}
        rows={3}
        maxLength={NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </ConsultationForm>
  );
}

/** Enter on a choice must not send the form before the note is written. */
function keepEnter(event: KeyboardEvent): void {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
}
