/** A look and a listen before a call, in plain words: how one will be seen, that one is heard, what to press where the browser refuses. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceCheck } from "../../matrix/index.ts";
import { IconVideoOff, IconVolume } from "../icons.ts";
import { useReadable } from "../useReadable.ts";
import css from "./DeviceCheckPanel.module.css";
import { DeviceSelect } from "./DeviceSettings.tsx";
import { DeviceTroubleNotice } from "./DeviceTroubleNotice.tsx";

export interface DeviceCheckPanelProps {
  check: DeviceCheck;
  /** The call is to be with a picture. */
  withCamera: boolean;
  /** Under the preview: what one wants to do next. */
  children?: ReactNode;
}

/** Levels under this are the noise of a quiet place. */
const HEARD = 0.08;

export function DeviceCheckPanel({ check, withCamera, children }: DeviceCheckPanelProps) {
  const microphone = useReadable(check.microphone);
  const camera = useReadable(check.camera);
  const devices = useReadable(check.devices);
  const isTroubled = microphone.trouble !== null || (withCamera && camera.trouble !== null);
  // The preview says it already.
  const isAsking = microphone.state === "asking";
  const chosen = useChosen();
  const retry = () => void check.open({ microphone: true, camera: withCamera }).catch(() => undefined);
  const choose = (kind: "microphone" | "camera" | "speaker") => (id: string) => {
    chosen.set(kind, id);
    void check.choose(kind, id).catch(() => undefined);
  };
  return (
    <div className={css.panel}>
      {withCamera && !isTroubled && <Preview check={check} />}
      <Level level={microphone.level} state={withCamera && isAsking ? "off" : microphone.state} />
      {microphone.trouble !== null && (
        <DeviceTroubleNotice
          device="microphone"
          trouble={microphone.trouble}
          onRetry={retry}
          isRetrying={microphone.state === "asking"}
        />
      )}
      {withCamera && camera.trouble !== null && microphone.trouble === null && (
        <DeviceTroubleNotice
          device="camera"
          trouble={camera.trouble}
          onRetry={retry}
          isRetrying={camera.state === "asking"}
        />
      )}
      <DeviceSelect
        kind="microphone"
        devices={devices.microphones}
        chosen={chosen.of.microphone}
        onChoose={choose("microphone")}
      />
      {withCamera && (
        <DeviceSelect
          kind="camera"
          devices={devices.cameras}
          chosen={chosen.of.camera}
          onChoose={choose("camera")}
        />
      )}
      <DeviceSelect
        kind="speaker"
        devices={devices.speakers}
        chosen={chosen.of.speaker}
        onChoose={choose("speaker")}
      />
      {!isTroubled && <ToneButton check={check} />}
      {children}
    </div>
  );
}

type Chosen = Record<"microphone" | "camera" | "speaker", string | null>;

/** The check tells no choice of the browser's own: what was picked here is what the lists show. */
function useChosen() {
  const [of, setOf] = useState<Chosen>({ microphone: null, camera: null, speaker: null });
  return { of, set: (kind: keyof Chosen, id: string) => setOf((before) => ({ ...before, [kind]: id })) };
}

function Preview({ check }: { check: DeviceCheck }) {
  const { t } = useTranslation("kit");
  const camera = useReadable(check.camera);
  const ref = useRef<HTMLVideoElement>(null);
  const isOn = camera.state === "on";
  useEffect(() => {
    const video = ref.current;
    return isOn && video !== null ? check.show(video) : undefined;
  }, [check, isOn]);
  return (
    <div className={css.preview}>
      {isOn ? (
        <video
          ref={ref}
          autoPlay
          playsInline
          muted
          disablePictureInPicture
          aria-label={t("call.device.preview")}
        />
      ) : (
        <p className={css.dark}>
          <IconVideoOff size={32} stroke={1.5} aria-hidden />
          <span>{t(camera.state === "asking" ? "call.device.asking" : "call.device.off")}</span>
        </p>
      )}
    </div>
  );
}

function Level({ level, state }: { level: number; state: "off" | "asking" | "on" }) {
  const { t } = useTranslation("kit");
  const [heard, setHeard] = useState(false);
  const isLoud = level > HEARD;
  useEffect(() => {
    if (isLoud) setHeard(true);
  }, [isLoud]);
  if (state === "off") return null;
  const words = state === "asking" ? "call.device.asking" : heard ? "call.device.hear" : "call.device.speak";
  return (
    <div className={css.level}>
      <p role="status">{t(words)}</p>
      <div
        className={css.meter}
        role="meter"
        aria-label={t("call.device.level")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(Math.min(1, level) * 100)}
      >
        <span className={css.bar} style={{ width: `${Math.min(1, level) * 100}%` }} />
      </div>
    </div>
  );
}

function ToneButton({ check }: { check: DeviceCheck }) {
  const { t } = useTranslation("kit");
  const [playing, setPlaying] = useState(false);
  const play = () => {
    setPlaying(true);
    void check
      .playTone()
      .catch(() => undefined)
      .finally(() => setPlaying(false));
  };
  return (
    <button type="button" className={css.tone} aria-busy={playing} onClick={() => !playing && play()}>
      <IconVolume size={22} stroke={1.75} aria-hidden />
      {t("call.device.test")}
    </button>
  );
}
