/** Whoever serves a queue was asked, and nobody came: over the desk of who asked until he has read it. */
import { Button } from "@mantine/core";
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
  const { me, queueInvitations } = useConsole();
  const { dialog } = useDesk();
  const items = useReadable(queueInvitations.items);
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
              queueInvitations.remove(id);
              dialog.set({ kind: "invite", consultationId: into });
            }}
          >
            {t("askQueue.askOthers")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => queueInvitations.remove(id)}>
            {t("understood")}
          </Button>
        </span>
      </p>
    ),
  );
}
