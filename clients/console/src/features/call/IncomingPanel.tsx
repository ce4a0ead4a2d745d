/** A patient calls: said and heard over whatever one does, and never in the way of what one types. */
import { Avatar } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAttention } from "../../attention/AttentionContext.tsx";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { IconBellOff, IconPhone, IconPhoneOff, IconVideo } from "../../icons.ts";
import classes from "./IncomingPanel.module.css";
import { useCallPlace } from "./useCallCommands.ts";

export function IncomingPanel() {
  const { t } = useTranslation();
  const place = useCallPlace();
  const { attention, acknowledgeCall } = useAttention();
  if (place?.at !== "ringing") return null;
  const { call, answering } = place;
  const isVideo = call.kind === "video";
  return (
    <section className={classes.panel} role="alertdialog" aria-labelledby="incoming-call" aria-modal="false">
      <div className={classes.who}>
        <Avatar name={call.caller_name} size="md" />
        <div>
          <h2 id="incoming-call" className={classes.name}>
            {call.caller_name}
          </h2>
          <p className={classes.kind} role="status">
            {t(answering ? "call.answering" : isVideo ? "call.callsVideo" : "call.callsAudio")}
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
