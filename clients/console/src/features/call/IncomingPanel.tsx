/** A patient calls, or a colleague asks into his call: said and heard over whatever one does, and never in the way of what one types. */
import type { Call } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAttention } from "../../attention/AttentionContext.tsx";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconBellOff, IconPhone, IconPhoneOff, IconVideo } from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { AskingPanel } from "../../ui/AskingPanel.tsx";
import { usePatientName } from "./CallDock.tsx";
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
    <AskingPanel asks="call" id="incoming-call" name={name} title={name} words={<p role="status">{words}</p>}>
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
    </AskingPanel>
  );
}
