/** When somebody is to come back to a patient, who, what for, and what the patient is written then. */
import type { FollowUp } from "@consilium/kit/api";
import { languageName } from "@consilium/kit/ui";
import { Button, Checkbox, Modal, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FollowUpWish } from "../../desk/desk.ts";
import { useBoard, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { refusals } from "../../ui/problem.ts";
import classes from "./FollowUps.module.css";
import {
  type About,
  asLocal,
  changeOf,
  type FollowUpForm,
  lacksMessage,
  MESSAGE_MAX,
  mayWrite,
  messageOf,
  NOTE_MAX,
  newOf,
  ownerOf,
  PRESETS,
  presetAt,
  wrongTime,
} from "./model.ts";
import { useShown } from "./useFollowUps.ts";
import { MessageLine } from "./words.tsx";

interface FollowUpDialogProps {
  /** `null`: the dialog is closed. */
  wish: FollowUpWish | null;
  onClose: () => void;
}

export function FollowUpDialog({ wish, onClose }: FollowUpDialogProps) {
  const { t } = useTranslation();
  const row = useRow(wish !== null && "consultationId" in wish ? wish.consultationId : null);
  const known = wish !== null && "followUp" in wish ? wish.followUp : null;
  const name = known?.patient.name ?? (wish !== null && "name" in wish ? wish.name : row?.patient.name);
  const about: About | null =
    wish === null
      ? null
      : "followUp" in wish
        ? { patientId: wish.followUp.patient.id, consultationId: wish.followUp.consultation_id }
        : "patientId" in wish
          ? { patientId: wish.patientId, consultationId: null }
          : row === null
            ? null
            : { patientId: row.patient.id, consultationId: row.id };
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      title={t(known === null ? "followUps.makeTitle" : "followUps.editTitle", { name: name ?? "" })}
    >
      {about !== null && (
        <Form about={about} known={known} queueId={row?.queue.id ?? null} onClose={onClose} />
      )}
    </Modal>
  );
}

/** Oneself first, then the queues, then the colleagues. */
function useOwners(): { group: string; items: { value: string; label: string }[] }[] {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { queues, operators } = useBoard();
  return useMemo(() => {
    const named = (kind: string, items: Iterable<{ id: string; name: string }>) =>
      [...items].map(({ id, name }) => ({ value: `${kind}:${id}`, label: name }));
    const own = me.operator?.id;
    const others = [...operators.values()].filter(({ id }) => id !== own);
    const self = own === undefined ? [] : [{ value: `operator:${own}`, label: t("followUps.me") }];
    return [
      { group: t("followUps.toSelf"), items: self },
      { group: t("followUps.toQueue"), items: named("queue", queues.values()) },
      { group: t("followUps.toColleague"), items: named("operator", others) },
    ].filter(({ items }) => items.length > 0);
  }, [t, me.operator?.id, queues, operators]);
}

interface FormProps {
  about: About;
  /** The one that is changed; null: a new one. */
  known: FollowUp | null;
  queueId: string | null;
  onClose: () => void;
}

function Form({ about, known, queueId, onClose }: FormProps) {
  const { t } = useTranslation();
  const { api, me } = useConsole();
  const owners = useOwners();
  const shown = useShown();
  // One press of the button is one follow-up, however often it is sent.
  const [requestId] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState<FollowUpForm>(() => {
    if (known !== null) {
      const at = asLocal(new Date(known.due_at));
      return { at, owner: ownerOf(known), note: known.note ?? "", message: messageOf(known) };
    }
    const tomorrow = presetAt("tomorrow", Date.now()) ?? new Date();
    const own = me.operator === null ? `queue:${queueId ?? ""}` : `operator:${me.operator.id}`;
    return { at: asLocal(tomorrow), owner: own, note: "", message: null };
  });
  const [asked, setAsked] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      known === null
        ? api.followUps.make(newOf(form, about, requestId))
        : api.followUps.change(known.id, changeOf(form, known)),
    onSuccess: (saved) => {
      shown(saved);
      onClose();
    },
  });
  const change = (part: Partial<FollowUpForm>) => setForm((before) => ({ ...before, ...part }));
  const { byField, general } = refusals(save.error, {}, t);
  // What is due already keeps its time where only something else is changed.
  const isKept = known !== null && form.at === asLocal(new Date(known.due_at));
  const wrong = isKept ? null : wrongTime(form, Date.now());
  const timeError = asked && wrong !== null ? t(`followUps.error.${wrong}`) : byField.get("due_at");
  return (
    <DialogForm
      submit={t(known === null ? "followUps.make" : "save")}
      busy={save.isPending}
      refused={general}
      onClose={onClose}
      onSubmit={() => {
        setAsked(true);
        if (wrong !== null || lacksMessage(form)) return;
        if (known !== null && Object.keys(changeOf(form, known)).length === 1) onClose();
        else save.mutate();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      <TextInput
        data-autofocus
        type="datetime-local"
        label={t("followUps.when")}
        value={form.at}
        min={asLocal(new Date())}
        error={timeError}
        onChange={(event) => change({ at: event.currentTarget.value })}
      />
      <div className={classes.presets} role="group" aria-label={t("followUps.presets")}>
        {PRESETS.map((preset) => {
          const at = presetAt(preset, Date.now());
          if (at === null) return null;
          return (
            <Button
              key={preset}
              size="compact-sm"
              variant={form.at === asLocal(at) ? "light" : "default"}
              onClick={() => change({ at: asLocal(at) })}
            >
              {t(`followUps.preset.${preset}`)}
            </Button>
          );
        })}
      </div>
      <Select
        label={t("followUps.who")}
        searchable
        allowDeselect={false}
        value={form.owner}
        error={byField.get("operator_id") ?? byField.get("queue_id")}
        data={owners}
        onChange={(owner) => owner !== null && change({ owner })}
      />
      <Textarea
        label={t("followUps.what")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={NOTE_MAX}
        value={form.note}
        error={byField.get("note")}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <MessageField
        about={about}
        known={known}
        owner={form.owner}
        value={form.message}
        error={
          asked && lacksMessage(form) ? t("followUps.error.message") : (byField.get("message") ?? undefined)
        }
        onChange={(message) => change({ message })}
      />
      <p className={classes.hint}>{t("followUps.hint")}</p>
    </DialogForm>
  );
}

interface MessageFieldProps {
  about: About;
  known: FollowUp | null;
  /** Whose it is, as a choice. */
  owner: string;
  value: string | null;
  error: string | undefined;
  onChange: (message: string | null) => void;
}

/** What is sent to the patient then. It begins with the clinic's words in his language; what has left is only read. */
function MessageField({ about, known, owner, value, error, onChange }: MessageFieldProps) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const queue = owner.startsWith("queue:") ? owner.slice("queue:".length) : "";
  const query = {
    patient_id: about.patientId,
    ...(about.consultationId !== null && { consultation_id: about.consultationId }),
    ...(about.consultationId === null && queue !== "" && { queue_id: queue }),
  };
  const { data } = useQuery({
    queryKey: ["follow-up-words", about.patientId, about.consultationId, query.queue_id ?? null],
    queryFn: () => api.followUps.words(query),
    staleTime: 60_000,
  });
  const written = known?.message ?? null;
  if (written !== null && !mayWrite(known)) return <MessageLine message={written} />;
  const canBeSent = data?.can_be_sent === true;
  return (
    <>
      <Checkbox
        label={t("followUps.message.send")}
        description={data?.can_be_sent === false ? t("followUps.message.nowhere") : null}
        checked={value !== null}
        disabled={value === null && !canBeSent}
        onChange={(event) =>
          onChange(event.currentTarget.checked ? (written?.text ?? data?.text ?? "") : null)
        }
      />
      {value !== null && (
        <Textarea
          label={t("followUps.message.label")}
          description={
            data === undefined
              ? null
              : t("followUps.message.language", { language: languageName(data.language) })
          }
          autosize
          minRows={3}
          maxRows={10}
          maxLength={MESSAGE_MAX}
          value={value}
          error={error}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      {value !== null && <p className={classes.hint}>{t("followUps.message.hint")}</p>}
    </>
  );
}
