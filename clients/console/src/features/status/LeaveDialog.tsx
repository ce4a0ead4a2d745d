/** Before one goes: what becomes of each open consultation, and a choice where its queue leaves one. */
import type { LeavingChoice, LeavingConsultation } from "@consilium/kit/api";
import { Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import classes from "./LeaveDialog.module.css";
import { choiceOf, handOvers, type LeavingStatus, type Wish } from "./model.ts";
import { useStatus } from "./useStatus.ts";

/** As long as a note with which one hands on by hand. */
const NOTE_MAX = 2_000;

interface LeaveWish {
  readonly status: LeavingStatus;
  /** One goes for good: the sign-in of this browser ends. */
  readonly signsOut: boolean;
}

export function LeaveDialog({ wish, onClose }: { wish: LeaveWish | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      title={wish === null ? "" : t(`leave.title.${wayOf(wish)}`)}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {wish !== null && <Form wish={wish} onClose={onClose} />}
    </Modal>
  );
}

function wayOf({ status, signsOut }: LeaveWish): LeavingStatus | "sign_out" {
  return signsOut ? "sign_out" : status;
}

function Form({ wish, onClose }: { wish: LeaveWish; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, signOut } = useConsole();
  const { leave } = useStatus();
  const [wishes, setWishes] = useState<ReadonlyMap<string, Wish>>(new Map());
  const [busy, setBusy] = useState(false);
  const leaving = useQuery({ queryKey: ["leaving"], queryFn: () => api.leaving(), staleTime: 0, gcTime: 0 });
  const { data } = leaving;
  if (data === undefined) {
    return leaving.isError ? (
      <Problem error={leaving.error} onRetry={() => void leaving.refetch()} busy={leaving.isFetching} />
    ) : (
      <Loading rows={2} />
    );
  }
  const go = async () => {
    setBusy(true);
    const gone = await leave(wish.status, handOvers(data, wishes));
    setBusy(false);
    if (!gone) return;
    onClose();
    if (wish.signsOut) signOut();
  };
  return (
    <DialogForm
      submit={t(`leave.submit.${wayOf(wish)}`)}
      focusSubmit
      busy={busy}
      refused={null}
      onSubmit={() => void go()}
      onClose={onClose}
    >
      <p className={classes.text}>{t(data.length === 0 ? "leave.none" : "leave.text")}</p>
      {data.map((one) => (
        <One
          key={one.consultation_id}
          one={one}
          wish={{ choice: choiceOf(one, wishes), note: wishes.get(one.consultation_id)?.note ?? "" }}
          status={wish.status}
          onChange={(next) => setWishes((before) => new Map(before).set(one.consultation_id, next))}
        />
      ))}
    </DialogForm>
  );
}

interface OneProps {
  one: LeavingConsultation;
  wish: Wish;
  status: LeavingStatus;
  onChange: (wish: Wish) => void;
}

function One({ one, wish, status, onChange }: OneProps) {
  const { t } = useTranslation();
  const label = t("leave.of", { name: one.patient.name, queue: one.queue.name });
  const hint = hintOf(one, wish.choice, status, t);
  return (
    <div className={classes.one}>
      {one.choices.length < 2 ? (
        <p className={classes.text}>
          <strong>{label}</strong>
          <span>{words(wish.choice, one, t)}</span>
        </p>
      ) : (
        <NativeSelect
          label={label}
          value={wish.choice}
          onChange={(event) => {
            const choice = one.choices.find((known) => known === event.currentTarget.value);
            if (choice !== undefined) onChange({ ...wish, choice });
          }}
          data={one.choices.map((choice) => ({ value: choice, label: words(choice, one, t) }))}
        />
      )}
      {hint !== null && <p className={classes.hint}>{hint}</p>}
      {wish.choice !== "keep" && !one.in_call && (
        <TextInput
          label={t("leave.note")}
          maxLength={NOTE_MAX}
          value={wish.note}
          onChange={(event) => onChange({ ...wish, note: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

function words(choice: LeavingChoice, one: LeavingConsultation, t: TFunction): string {
  return choice === "colleague"
    ? t("leave.colleague", { name: one.colleague?.name ?? "" })
    : t(`leave.${choice}`);
}

function hintOf(
  one: LeavingConsultation,
  choice: LeavingChoice,
  status: LeavingStatus,
  t: TFunction,
): string | null {
  if (one.in_call) return t("leave.inCall");
  return choice === "keep" && status === "offline" ? t("leave.keepSilent") : null;
}
