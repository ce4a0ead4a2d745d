/** Asks whoever serves a service and is there: the first who accepts comes. */
import { type GuestRole, type QueueInvitation, QueueInvitationApi } from "@consilium/kit/api";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useBoard, useRow } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { DialogForm } from "../../ui/DialogForm.tsx";
import { useDialogForm } from "../../ui/useDialogForm.ts";
import classes from "./ConsultationDialog.module.css";
import { Choices } from "./ConsultationDialog.tsx";
import { GUEST_ROLES, queuesToAsk } from "./model.ts";
import { RoleSelect } from "./RoleSelect.tsx";

interface InviteQueueFormProps {
  id: string;
  onClose: () => void;
  /** By name, or by service. */
  how: ReactNode;
}

interface Asking {
  readonly queueId: string | null;
  readonly role: GuestRole;
}

export function InviteQueueForm({ id, onClose, how }: InviteQueueFormProps) {
  const { t } = useTranslation();
  const { api, me, queueInvitations } = useConsole();
  const { queues, operators } = useBoard();
  const row = useRow(id);
  const { form, change, dialog } = useDialogForm<Asking, QueueInvitation | null>({
    begin: () => ({ queueId: null, role: GUEST_ROLES[0] }),
    send: async ({ queueId, role }) =>
      queueId === null ? null : new QueueInvitationApi(api.client).ask(id, queueId, role),
    onSaved: (asked) => {
      if (asked !== null) queueInvitations.put(asked);
      onClose();
    },
  });
  const found = queuesToAsk(queues.values(), operators.values(), row, me.operator?.id ?? null);
  return (
    <DialogForm {...dialog} submit={t("askQueue.submit")} isWhole={form.queueId !== null} onClose={onClose}>
      {how}
      <p className={classes.about}>{t("askQueue.text")}</p>
      <Choices
        label={t("askQueue.whose")}
        none={t("askQueue.noQueues")}
        choices={found.map(({ queue, there }) => ({
          id: queue.id,
          name: queue.name,
          about: t("askQueue.there", { count: there }),
        }))}
        chosen={form.queueId}
        onChoose={(queueId) => change({ queueId })}
      />
      <RoleSelect role={form.role} onChange={(role) => change({ role })} />
    </DialogForm>
  );
}
