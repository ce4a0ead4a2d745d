/** A queue whose operators are being asked into a consultation: how many of them, how many do not come, and asking no more. */
import { type QueueInvitation, QueueInvitationApi } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useReadable } from "../../live/hooks.ts";
import { askedInto } from "../../live/queue-invitations.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./ConsultationHistory.module.css";

/** Queues that this operator asks into a consultation now. */
export function useAsked(consultationId: string): QueueInvitation[] {
  const { me, queueInvitations } = useConsole();
  const items = useReadable(queueInvitations.items);
  return askedInto(items.values(), consultationId, me.operator?.id ?? null);
}

export function AskedQueue({ invitation }: { invitation: QueueInvitation }) {
  const { t } = useTranslation();
  const { api, queueInvitations } = useConsole();
  const { id, consultation_id: from, queue, asked, declined } = invitation;
  const back = useMutation({
    mutationFn: () => new QueueInvitationApi(api.client).takeBack(from, id),
    onSuccess: () => queueInvitations.remove(id),
  });
  return (
    <li className={classes.entry}>
      <span className={classes.line}>
        <span>{t("askQueue.asked", { queue: queue.name })}</span>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          loading={back.isPending}
          onClick={() => back.mutate()}
        >
          {t("askQueue.takeBack")}
        </Button>
      </span>
      <span className={classes.quiet}>{t("askQueue.count", { count: asked, declined })}</span>
      <Refusal error={back.error} />
    </li>
  );
}
