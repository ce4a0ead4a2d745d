/** The call itself: pictures where there are some, who and how long, controls. The same docked and in a window of its own. */
import type { CallPlace } from "@consilium/kit/calls";
import type { CallMember, MediaCall } from "@consilium/kit/matrix";
import { Avatar } from "@consilium/kit/ui";
import { CallControls, CallStage, CallTimer, Control, QualityBars } from "@consilium/kit/ui/call";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconLayoutBottombar,
  IconMicrophoneOff,
  IconPhoneIncoming,
  IconPictureInPicture,
  IconUserPlus,
} from "../../icons.ts";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { usePatientName } from "./CallDock.tsx";
import classes from "./CallPanel.module.css";

export function CallPanel({ place }: { place: CallPlace & { at: "in" } }) {
  const { t } = useTranslation();
  const { callPanel } = useDesk();
  const { run } = useCommands();
  const { media } = place;
  const floats = useReadable(callPanel) === "floating";
  const members = useReadable(media.members);
  const phase = useReadable(media.phase);
  const [large, setLarge] = useState(false);
  const pictures =
    members.some((member) => member.screen || member.camera === "on") ||
    phase === "stalled" ||
    phase === "reconnecting";
  return (
    <div className={classes.panel} data-floats={floats} data-pictures={pictures} data-large={large}>
      {pictures && (
        <div className={classes.stage}>
          <CallStage media={media} />
        </div>
      )}
      <div className={classes.side}>
        <Who place={place} members={members} compact={pictures} />
        <Waiting />
        <Offers media={media} shown={!pictures} />
        <div className={classes.controls}>
          <CallControls media={media} density="dense" onHangUp={() => run("call.hang-up")}>
            <PanelControls floats={floats} />
            {pictures && !floats && (
              <Control
                word={t(large ? "call.smaller" : "call.larger")}
                hint={t(large ? "call.smaller" : "call.larger")}
                onPress={() => setLarge(!large)}
              >
                {large ? (
                  <IconArrowsMinimize size={20} stroke={1.75} aria-hidden />
                ) : (
                  <IconArrowsMaximize size={20} stroke={1.75} aria-hidden />
                )}
              </Control>
            )}
          </CallControls>
        </div>
      </div>
    </div>
  );
}

function PanelControls({ floats }: { floats: boolean }) {
  const { t } = useTranslation();
  const { context, run } = useCommands();
  const move = t(floats ? "command.dockCall" : "command.floatCall");
  const Move = floats ? IconLayoutBottombar : IconPictureInPicture;
  return (
    <>
      {context.call.mayInvite && (
        <Control
          word={t("command.inviteIntoCall")}
          hint={t("command.inviteIntoCall")}
          onPress={() => run("call.invite")}
        >
          <IconUserPlus size={20} stroke={1.75} aria-hidden />
        </Control>
      )}
      <span className={classes.desktop}>
        <Control word={move} hint={`${move} (I)`} onPress={() => run("call.move")}>
          <Move size={20} stroke={1.75} aria-hidden />
        </Control>
      </span>
    </>
  );
}

function Who({
  place,
  members,
  compact,
}: {
  place: CallPlace & { at: "in" };
  members: readonly CallMember[];
  compact: boolean;
}) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { open } = useDesk();
  const { consultation_id: id } = place.call;
  const name = usePatientName(place.call);
  const others = members.filter((member) => !member.isSelf);
  const patient = others[0];
  return (
    <div className={classes.who}>
      {!compact && <Avatar name={name} size="sm" />}
      <div className={classes.names}>
        <button
          type="button"
          className={classes.name}
          title={t("call.openConsultation")}
          disabled={id === null}
          onClick={() => open(id, "mine")}
        >
          {name}
        </button>
        <p className={classes.about}>
          <CallTimer since={place.since} />
          {patient !== undefined && <QualityBars quality={patient.quality} />}
          {patient?.microphone === "muted" && (
            <IconMicrophoneOff
              size={16}
              stroke={1.75}
              role="img"
              aria-label={kit("call.mutedBy", { name })}
            />
          )}
          {others.length > 1 && <span>{t("call.people", { count: others.length + 1 })}</span>}
        </p>
      </div>
    </div>
  );
}

/** Somebody else calls meanwhile: he need not ring in vain. To answer him this call is ended first. */
function Waiting() {
  const { t } = useTranslation();
  const { calls } = useConsole();
  const waiting = useReadable(calls.waiting);
  return (
    <div role="status">
      {waiting !== null && (
        <p className={classes.waiting}>
          <IconPhoneIncoming size={18} stroke={1.75} aria-hidden />
          <span>{t("call.alsoRings", { name: waiting.caller_name })}</span>
          <button type="button" className={classes.busy} onClick={() => void calls.decline("busy")}>
            {t("call.sayBusy")}
          </button>
        </p>
      )}
    </div>
  );
}

/** Without pictures there is no stage that would say it. */
function Offers({ media, shown }: { media: MediaCall; shown: boolean }) {
  const { t: kit } = useTranslation("kit");
  const silenced = useReadable(media.isSilenced);
  if (!shown || !silenced) return null;
  return (
    <button type="button" className={classes.silenced} onClick={() => void media.resumeSound()}>
      {kit("call.silenced")}
    </button>
  );
}
