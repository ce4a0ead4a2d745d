/** In the composer's place while a voice message is recorded: how long, how loud, throw away, send. */
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../brand/formats.ts";
import { DeviceTroubleNotice } from "../call/DeviceTroubleNotice.tsx";
import { IconSend2, IconTrash } from "../icons.ts";
import { RoundButton } from "../RoundButton.tsx";
import type { Voice } from "./useVoice.ts";
import css from "./Voice.module.css";

export interface VoiceBarProps {
  voice: Voice;
  /** The longest, in seconds. */
  seconds: number;
}

/** So many seconds before it ends by itself, it is said. */
const WARNED_S = 15;

export function VoiceBar({ voice, seconds }: VoiceBarProps) {
  const { t } = useTranslation("kit");
  const { state, cancel, send } = voice;
  const sendButton = useRef<HTMLButtonElement>(null);
  const isOn = state.status === "recording" || state.status === "full";
  useEffect(() => {
    if (isOn) sendButton.current?.focus();
  }, [isOn]);
  if (state.status === "trouble") {
    return (
      <div className={css.trouble}>
        <DeviceTroubleNotice device="microphone" trouble={state.trouble} onRetry={voice.start} />
        <button type="button" className={css.plain} onClick={cancel}>
          {t("voice.leave")}
        </button>
      </div>
    );
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    cancel();
  };
  return (
    <div
      className={css.recording}
      role="group"
      aria-label={t("voice.recording")}
      data-away={voice.isAway}
      onKeyDown={onKeyDown}
    >
      <RoundButton tone="danger" aria-label={t("voice.discard")} onClick={cancel}>
        <IconTrash size={24} stroke={1.75} aria-hidden />
      </RoundButton>
      <Running voice={voice} seconds={seconds} />
      <RoundButton
        ref={sendButton}
        tone="brand"
        className={css.send}
        disabled={!isOn}
        aria-label={t("voice.send")}
        onClick={send}
      >
        <IconSend2 size={24} stroke={1.75} aria-hidden />
      </RoundButton>
    </div>
  );
}

function Running({ voice: { state, isHeld, isAway }, seconds }: VoiceBarProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  if (state.status !== "recording" && state.status !== "full") {
    return (
      <span className={css.hint} role="status">
        {state.status === "asking" && t("voice.asking")}
      </span>
    );
  }
  const elapsed = Math.floor(state.elapsedMs / 1_000);
  const left = seconds - elapsed;
  const isNearlyFull = state.status === "recording" && left <= WARNED_S && left > 0;
  return (
    <>
      <span className={css.dot} data-on={state.status === "recording"} aria-hidden />
      <span className={css.time} role="timer">
        {formats.clock(elapsed)}
      </span>
      <span className={css.live} aria-hidden>
        {state.levels.map((level, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they move on together, the newest last
          <i key={index} style={{ height: `${Math.round(12 + level * 88)}%` }} />
        ))}
      </span>
      <span className={css.hint} role="status">
        {state.status === "full" && t("voice.full")}
        {isHeld && state.status === "recording" && t(isAway ? "voice.letGoDiscard" : "voice.letGo")}
        {!isHeld && isNearlyFull && t("voice.nearlyFull")}
      </span>
    </>
  );
}
