/** The call: full screen, or a tile over the conversation while one reads and writes. */
import { useFormats } from "@consilium/kit/brand";
import type { CallPlace, Calls } from "@consilium/kit/calls";
import type { MediaCall } from "@consilium/kit/matrix";
import { Avatar, useReadable } from "@consilium/kit/ui";
import { CallControls, CallStage, CallTimer, useMovable } from "@consilium/kit/ui/call";
import {
  IconMessageCircle,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneIncoming,
  IconPhoneOff,
} from "@consilium/kit/ui/icons";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { paths } from "../../app/paths.ts";
import { useOtherNames } from "./CallingView.tsx";
import css from "./InCall.module.css";
import { fullScreen } from "./screen.ts";

export interface InCallViewProps {
  calls: Calls;
  place: CallPlace & { at: "in" };
}

export function InCallView({ calls, place }: InCallViewProps) {
  const [small, setSmall] = useState(false);
  const [, navigate] = useLocation();
  const name = useNames(place);
  if (small) return <Tile calls={calls} place={place} name={name} onOpen={() => setSmall(false)} />;
  return (
    <FullScreen
      calls={calls}
      place={place}
      name={name}
      onShrink={() => {
        setSmall(true);
        navigate(paths.conversation(place.call.conversation_id));
      }}
    />
  );
}

type Shared = InCallViewProps & { name: string };

/** Who is there, else who takes part. */
function useNames({ call, media }: InCallViewProps["place"]): string {
  const formats = useFormats();
  const others = useReadable(media.members).filter((member) => !member.isSelf);
  const known = useOtherNames(call.consultation_id);
  return others.length === 0 ? known : formats.list(others.map((member) => member.name));
}

function FullScreen({ calls, place, name, onShrink }: Shared & { onShrink: () => void }) {
  const { t } = useTranslation();
  const { media, since } = place;
  return (
    <dialog
      ref={fullScreen}
      tabIndex={-1}
      className={css.screen}
      aria-label={t("call.with", { name })}
      onCancel={(event) => {
        // The keyboard's way back to the conversation; nobody hangs up by Escape.
        event.preventDefault();
        onShrink();
      }}
    >
      <header className={css.bar}>
        <div className={css.who}>
          <h1 className={css.name}>{name}</h1>
          <CallTimer since={since} className={css.time} />
        </div>
        <button type="button" className={css.shrink} onClick={onShrink}>
          <IconMessageCircle size={24} stroke={1.75} aria-hidden />
          <span>{t("call.toConversation")}</span>
        </button>
      </header>
      <div className={css.stage}>
        <CallStage media={media} waiting={<Avatar name={name} size="xl" />} />
      </div>
      <Notes calls={calls} media={media} />
      <div className={css.controls}>
        <CallControls media={media} density="calm" onHangUp={() => void calls.hangUp()} />
      </div>
    </dialog>
  );
}

/** That one is not heard; that somebody else calls meanwhile: said, not answered over the head of the one who talks. */
function Notes({ calls, media }: { calls: Calls; media: MediaCall }) {
  const { t } = useTranslation();
  const waiting = useReadable(calls.waiting);
  const { microphone } = useReadable(media.own);
  return (
    <div role="status">
      {waiting !== null && (
        <p className={css.waiting}>
          <IconPhoneIncoming size={22} stroke={1.75} aria-hidden />
          <span>{t("call.alsoRings", { name: waiting.caller_name })}</span>
        </p>
      )}
      {!microphone && (
        <p className={css.waiting} data-muted>
          <IconMicrophoneOff size={22} stroke={1.75} aria-hidden />
          <span>{t("call.youAreMuted")}</span>
        </p>
      )}
    </div>
  );
}

function Tile({ calls, place, name, onOpen }: Shared & { onOpen: () => void }) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { media, since } = place;
  const { microphone } = useReadable(media.own);
  const pictured = useReadable(media.members).some(
    (member) => !member.isSelf && (member.camera === "on" || member.screen),
  );
  const box = useRef<HTMLElement>(null);
  const { style, handle, wasPulled } = useMovable(box);
  return (
    <section
      ref={box}
      className={css.tile}
      data-picture={pictured}
      aria-label={t("call.with", { name })}
      style={style}
    >
      <button type="button" className={css.back} {...handle} onClick={() => !wasPulled() && onOpen()}>
        <span className="unseen">{t("call.backToCall")}</span>
        {pictured ? (
          <CallStage media={media} isTile />
        ) : (
          <span className={css.face}>
            <Avatar name={name} size="sm" />
            <span>{t("call.goesOn")}</span>
          </span>
        )}
        <CallTimer since={since} className={css.tileTime} />
      </button>
      <div className={css.tileButtons}>
        <button
          type="button"
          className={css.small}
          aria-pressed={microphone}
          aria-label={kit("call.microphone")}
          title={kit(microphone ? "call.hint.mute" : "call.hint.unmute")}
          onClick={() => void media.setMicrophone(!microphone).catch(() => undefined)}
        >
          {microphone ? (
            <IconMicrophone size={22} stroke={1.75} aria-hidden />
          ) : (
            <IconMicrophoneOff size={22} stroke={1.75} aria-hidden />
          )}
        </button>
        <button
          type="button"
          className={css.small}
          data-end
          aria-label={kit("call.hint.hangUp")}
          title={kit("call.hint.hangUp")}
          onClick={() => void calls.hangUp()}
        >
          <IconPhoneOff size={22} stroke={1.75} aria-hidden />
        </button>
      </div>
    </section>
  );
}
