/** A colleague asks whoever serves a queue to join: said and heard over whatever one does, with the time that is left. */
import { type QueueInvitation, QueueInvitationApi } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { play } from "../../attention/sounds.ts";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconCheck, IconX } from "../../icons.ts";
import { useNow, useReadable } from "../../live/hooks.ts";
import { askingMe, missedBy, standsYet } from "../../live/queue-invitations.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { AskingPanel } from "../../ui/AskingPanel.tsx";
import { Refusal } from "../../ui/Refusal.tsx";

export function QueueInvitationPanel() {
  const { me, queueInvitations } = useConsole();
  const items = useReadable(queueInvitations.items);
  const [first] = askingMe(items.values(), me.operator?.id ?? null);
  return first === undefined ? null : <Panel key={first.id} invitation={first} />;
}

function Panel({ invitation }: { invitation: QueueInvitation }) {
  const { t } = useTranslation();
  const { id, by, queue, service, role } = invitation;
  const left = useSecondsLeft(invitation);
  const { accept, decline } = useAnswer(invitation);
  const busy = accept.isPending || decline.isPending;
  useSoundOnce(id);
  return (
    <AskingPanel
      asks="invitation"
      id={`invitation-${id}`}
      name={by.name}
      title={t("askQueue.asks", { name: by.name, queue: queue.name })}
      words={
        <p role="status">
          {t("askQueue.about", { service: service.name, role: t(`participantRole.${role}`) })}
        </p>
      }
      left={left}
      trouble={<Refusal error={accept.error ?? decline.error} />}
    >
      <Button
        size="sm"
        loading={accept.isPending}
        disabled={busy}
        leftSection={<IconCheck size={18} stroke={1.75} aria-hidden />}
        onClick={() => accept.mutate()}
      >
        {t("askQueue.accept")}
      </Button>
      <Button
        size="sm"
        variant="default"
        loading={decline.isPending}
        disabled={busy}
        leftSection={<IconX size={18} stroke={1.75} aria-hidden />}
        onClick={() => decline.mutate()}
      >
        {t("askQueue.decline")}
      </Button>
    </AskingPanel>
  );
}

/** What is answered vanishes here at once; who was too late is told why. */
function useAnswer({ id }: QueueInvitation) {
  const { t } = useTranslation();
  const { api, desk, queueInvitations } = useConsole();
  const { open } = useDesk();
  const invitations = new QueueInvitationApi(api.client);
  const vanish = () => queueInvitations.remove(id);
  const accept = useMutation({
    mutationFn: () => invitations.accept(id),
    onSuccess: (consultation) => {
      vanish();
      desk.apply({ kind: "consultation", consultation });
      open(consultation.id, "mine");
    },
    onError: (error) => {
      const missed = missedBy(error);
      // It may stand: the panel says what is the matter, and he can press again.
      if (missed === null) return;
      vanish();
      notifications.show({
        message:
          missed.why === "taken"
            ? t("askQueue.takenBy", { name: missed.name })
            : t(`askQueue.missed.${missed.why}`),
        closeButtonProps: { "aria-label": t("close") },
      });
    },
  });
  const decline = useMutation({ mutationFn: () => invitations.decline(id), onSuccess: vanish });
  return { accept, decline };
}

/** Counted from when this page heard of it: the server's clock and this machine's may differ. */
function useSecondsLeft(invitation: QueueInvitation): number {
  const now = useNow();
  const [end] = useState(() => Date.now() + standsYet(invitation, Date.now()));
  return Math.max(0, Math.ceil((end - now) / 1_000));
}

function useSoundOnce(id: string): void {
  const { prefs } = useConsole();
  useEffect(() => {
    const { volume } = prefs.prefs.get();
    if (volume > 0 && id !== "") play("mine", volume);
  }, [prefs, id]);
}
