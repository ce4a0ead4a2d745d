/** A patient calls, or a colleague asks into his call: said and heard over whatever one does, and never in the way of what one types. */
import type { Call } from "@consilium/kit/api";
import { Avatar } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAttention } from "../../attention/AttentionContext.tsx";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconBellOff, IconPhone, IconPhoneOff, IconVideo } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { asPane } from "../../ui/Pane.tsx";
import { usePatientName } from "./CallDock.tsx";
import classes from "./IncomingPanel.module.css";
import { useCallPlace } from "./useCallCommands.ts";

export function IncomingPanel() {
  const { t } = useTranslation();
  const place = useCallPlace();
  const invitation = useReadable(useConsole().invitations.current);
  const patient = usePatientName(invitation?.call ?? null);
  if (place?.at === "ringing") {
    const { call, answering } = place;
    const words = answering ? "answering" : call.kind === "video" ? "callsVideo" : "callsAudio";
    return <Panel call={call} name={call.caller_name} words={t(`call.${words}`)} answering={answering} />;
  }
  if (invitation === null) return null;
  const { call, by } = invitation;
  const words = by === null ? t("call.goesOn") : t("call.asksYou", { name: patient });
  return <Panel call={call} name={by ?? patient} words={words} answering={false} />;
}

interface PanelProps {
  call: Call;
  name: string;
  words: string;
  answering: boolean;
}

function Panel({ call, name, words, answering }: PanelProps) {
  const { t } = useTranslation();
  const { attention, acknowledgeCall } = useAttention();
  const isVideo = call.kind === "video";
  return (
    <section
      {...asPane("call")}
      className={classes.panel}
      role="alertdialog"
      aria-labelledby="incoming-call"
      aria-modal="false"
    >
      <div className={classes.who}>
        <Avatar name={name} size="md" />
        <div>
          <h2 id="incoming-call" className={classes.name}>
            {name}
          </h2>
          <p className={classes.kind} role="status">
            {words}
          </p>
        </div>
      </div>
      <div className={classes.buttons}>
        <CommandButton
          id={isVideo ? "call.video" : "call.audio"}
          size="sm"
          loading={answering}
          icon={isVideo ? <IconVideo size={18} stroke={1.75} /> : <IconPhone size={18} stroke={1.75} />}
        />
        <CommandButton
          id={isVideo ? "call.audio" : "call.video"}
          size="sm"
          variant="default"
          icon={isVideo ? <IconPhone size={18} stroke={1.75} /> : <IconVideo size={18} stroke={1.75} />}
        />
        <CommandButton
          id="call.decline"
          size="sm"
          variant="light"
          color="red"
          icon={<IconPhoneOff size={18} stroke={1.75} />}
        />
        {attention.call !== null && (
          <Button
            size="sm"
            variant="subtle"
            color="gray"
            leftSection={<IconBellOff size={18} stroke={1.75} />}
            onClick={acknowledgeCall}
          >
            {t("call.silence")}
          </Button>
        )}
      </div>
    </section>
  );
}
