/** Whoever serves a queue was asked, and nobody came: over the desk of who asked until he has read it, also after a reload. */
import { QueueInvitationApi } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconAlertTriangle } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { inVain } from "../../live/queue-invitations.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

interface InVainLinesProps {
  className: string | undefined;
  buttonsClassName: string | undefined;
}

export function InVainLines({ className, buttonsClassName }: InVainLinesProps) {
  const { t } = useTranslation();
  const { me, api, queueInvitations } = useConsole();
  const { dialog } = useDesk();
  const items = useReadable(queueInvitations.items);
  // Where the service does not hear of it, it is told again with the next load: nothing is lost.
  const seen = useMutation({ mutationFn: (id: string) => new QueueInvitationApi(api.client).seen(id) });
  const read = (id: string) => {
    queueInvitations.remove(id);
    seen.mutate(id);
  };
  return inVain(items.values(), me.operator?.id ?? null).map(
    ({ id, consultation_id: into, queue, state }) => (
      <p key={id} className={className} data-tone="warning" role="alert">
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
        <span>
          {t(state === "declined" ? "askQueue.declined" : "askQueue.expired", { queue: queue.name })}
        </span>
        <span className={buttonsClassName}>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              read(id);
              dialog.set({ kind: "invite", consultationId: into });
            }}
          >
            {t("askQueue.askOthers")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => read(id)}>
            {t("understood")}
          </Button>
        </span>
      </p>
    ),
  );
}
