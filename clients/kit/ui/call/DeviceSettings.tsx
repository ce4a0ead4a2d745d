/** Which microphone, camera and speaker, and whether noise is removed: the browser's own lists, so that they work in every window. */
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MediaCall, MediaDevice } from "../../matrix/index.ts";
import { useReadable } from "../useReadable.ts";
import css from "./DeviceSettings.module.css";
import { DeviceTroubleNotice } from "./DeviceTroubleNotice.tsx";

export type DeviceKind = "microphone" | "camera" | "speaker";

export interface DeviceSettingsProps {
  media: MediaCall;
  /** What was pressed and did not come on; `null`: nothing was pressed. */
  pressed?: "microphone" | "camera" | null;
}

export function DeviceSettings({ media, pressed = null }: DeviceSettingsProps) {
  const { devices, chosen } = useReadable(media.own);
  const speaker = (
    <DeviceSelect
      kind="speaker"
      devices={devices.speakers}
      chosen={chosen.speaker}
      onChoose={chooserOf(media, "speaker")}
    />
  );
  return media.listens ? (
    speaker
  ) : (
    <Sent media={media} pressed={pressed}>
      {speaker}
    </Sent>
  );
}

function chooserOf(media: MediaCall, kind: DeviceKind): (id: string) => void {
  return (id) => void media.choose(kind, id).catch(() => undefined);
}

/** What others see and hear by; `children` stand between microphone and camera. */
function Sent({ media, pressed, children }: Required<DeviceSettingsProps> & { children: ReactNode }) {
  const { t } = useTranslation("kit");
  const { devices, chosen, noiseSuppression, trouble, microphone } = useReadable(media.own);
  const hint = useId();
  const [isRetrying, setRetrying] = useState(false);
  const device = pressed ?? (microphone ? "camera" : "microphone");
  const again = () => {
    setRetrying(true);
    const work = device === "camera" ? media.setCamera(true) : media.setMicrophone(true);
    void work.catch(() => undefined).finally(() => setRetrying(false));
  };
  return (
    <>
      {trouble !== null && (
        <DeviceTroubleNotice device={device} trouble={trouble} onRetry={again} isRetrying={isRetrying} />
      )}
      <DeviceSelect
        kind="microphone"
        devices={devices.microphones}
        chosen={chosen.microphone}
        onChoose={chooserOf(media, "microphone")}
      />
      {children}
      <DeviceSelect
        kind="camera"
        devices={devices.cameras}
        chosen={chosen.camera}
        onChoose={chooserOf(media, "camera")}
      />
      <label className={css.switch}>
        <input
          type="checkbox"
          checked={noiseSuppression}
          aria-describedby={hint}
          onChange={(event) =>
            void media.setNoiseSuppression(event.currentTarget.checked).catch(() => undefined)
          }
        />
        <span>
          {t("call.device.noise")}
          <small id={hint}>{t("call.device.noiseHint")}</small>
        </span>
      </label>
    </>
  );
}

export interface DeviceSelectProps {
  kind: DeviceKind;
  devices: readonly MediaDevice[];
  /** `null`: the browser's default. */
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** Nothing where there is nothing to choose: one microphone, or a phone that names no speakers. */
export function DeviceSelect({ kind, devices, chosen, onChoose }: DeviceSelectProps) {
  const { t } = useTranslation("kit");
  if (devices.length < 2) return null;
  const known = devices.some(({ id }) => id === chosen);
  return (
    <label className={css.field}>
      <span>{t(`call.device.${kind}`)}</span>
      <select value={known ? (chosen ?? "") : ""} onChange={(event) => onChoose(event.currentTarget.value)}>
        {!known && <option value="">{t("call.device.default")}</option>}
        {devices.map((device, index) => (
          <option key={device.id} value={device.id}>
            {device.label === "" ? `${t(`call.device.${kind}`)} ${index + 1}` : device.label}
          </option>
        ))}
      </select>
    </label>
  );
}
