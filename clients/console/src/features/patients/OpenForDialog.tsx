/** Opens a consultation, or orders a call-back, for a patient who asked by telephone or at the counter. He agrees to nothing by it. */
import { InvitationApi } from "@consilium/kit/api";
import { Modal, Select, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { OpenForWish } from "../../desk/desk.ts";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./Invitation.module.css";

/** As the service has it. */
const REASON_MAX = 1_000;

interface OpenForDialogProps {
  /** Null: the dialog is closed. */
  wish: OpenForWish | null;
  onClose: () => void;
}

export function OpenForDialog({ wish, onClose }: OpenForDialogProps) {
  const { t } = useTranslation();
  const name = wish?.about.name ?? "";
  return (
    <Modal
      opened={wish !== null}
      onClose={onClose}
      title={wish === null ? "" : t(`openFor.${wish.what}.title`, { name })}
    >
      {wish !== null && <Form wish={wish} onClose={onClose} />}
    </Modal>
  );
}

const EMPTY = { queue: "", phone: "", reason: "" };

function Form({ wish: { what, about }, onClose }: { wish: OpenForWish; onClose: () => void }) {
  const { t } = useTranslation();
  const { api, me } = useConsole();
  const { open } = useDesk();
  const { queues } = useBoard();
  // One for each form: a repeated press opens once.
  const [press] = useState(() => crypto.randomUUID());
  const choices = useMemo(() => {
    const all = [...queues.values()].filter(({ retired }) => !retired);
    return all
      .map(({ id, name }) => ({ value: id, label: name }))
      .sort((a, b) => a.label.localeCompare(b.label));
  }, [queues]);
  const { form, change, errorOf, dialog } = useDialogForm<typeof EMPTY, { id: string; queue: string }>({
    begin: () => EMPTY,
    check: ({ queue }): Record<string, string> => (queue === "" ? { queue: "openFor.needsQueue" } : {}),
    fields: { queue_id: "queue" },
    send: async ({ queue, phone, reason }) => {
      const invitations = new InvitationApi(api.client);
      const text = (value: string) => (value.trim() === "" ? null : value.trim());
      const order = { queue_id: queue, phone: text(phone), reason: text(reason) };
      const { id } =
        what === "consultation"
          ? await invitations.openConsultation(about.patientId, { queue_id: queue }, press)
          : await invitations.openCallback(about.patientId, order, press);
      return { id, queue };
    },
    onSaved: ({ id, queue }) => {
      onClose();
      // What waits where he does not serve is not his to see.
      const isHis = me.operator?.role !== "operator" || me.operator.queues.includes(queue);
      const service = queues.get(queue)?.name ?? queue;
      if (isHis) open(id, what === "callback" ? "callbacks" : "waiting");
      else notifications.show({ message: t("openFor.elsewhere", { service }) });
    },
  });
  return (
    <DialogForm submit={t(`openFor.${what}.submit`)} {...dialog} onClose={onClose}>
      <Select
        data-autofocus
        label={t("openFor.queue")}
        required
        placeholder="—"
        value={form.queue === "" ? null : form.queue}
        error={errorOf("queue")}
        data={choices}
        onChange={(queue) => change({ queue: queue ?? "" })}
      />
      {what === "callback" && (
        <>
          <TextInput
            type="tel"
            label={t("openFor.phone")}
            description={t("openFor.phoneHint")}
            value={form.phone}
            error={errorOf("phone")}
            autoComplete="off"
            onChange={(event) => change({ phone: event.currentTarget.value })}
          />
          <Textarea
            label={t("openFor.reason")}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={REASON_MAX}
            value={form.reason}
            error={errorOf("reason")}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
        </>
      )}
      <p className={classes.hint}>{t(`openFor.${what}.hint`)}</p>
    </DialogForm>
  );
}
