/** A voice message: how long and how loud it is; played and stopped, gone through by finger or keys, slower or faster. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../brand/formats.ts";
import { addressOf } from "../../matrix/files.ts";
import type { FileBody, Files } from "../../matrix/types.ts";
import { resampled } from "../../matrix/voice/waveform.ts";
import { useDensity } from "../density.tsx";
import { IconPlayerPause, IconPlayerPlay, IconX } from "../icons.ts";
import { ProgressRing } from "../ProgressRing.tsx";
import { RoundButton } from "../RoundButton.tsx";
import { useReadable } from "../useReadable.ts";
import { type Player, player } from "./player.ts";
import css from "./Voice.module.css";

export interface VoiceTileProps {
  /** Of the message: what is played is told from its like by it. */
  id: string;
  file: FileBody;
  files: Files;
  /** While it goes up: 0..1. */
  progress?: number | null;
  onCancel?: () => void;
  /** Another one in tests. */
  by?: Player;
}

/** Bars that fit a narrow bubble. */
const BARS = 36;
/** Arrow keys go so far, in seconds. */
const STEP = 1;

export function VoiceTile({ id, file, files, progress, onCancel, by = player }: VoiceTileProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const density = useDensity();
  const playing = useReadable(by.playing);
  const key = `${id} ${file.source.at === "server" ? addressOf(file.source) : ""}`;
  const mine = playing?.key === key ? playing : null;
  const uploading = progress !== undefined;
  const known = file.durationMs === null ? null : file.durationMs / 1_000;
  const length = known ?? mine?.length ?? null;
  const at = mine?.at ?? 0;
  const name = t("kind.audio");
  return (
    <div className={css.tile} data-density={density}>
      <PlayButton
        status={mine?.status ?? null}
        name={name}
        uploading={uploading}
        progress={progress ?? null}
        onPress={() => (uploading ? onCancel?.() : by.toggle(key, files, file.source))}
      />
      <div className={css.sound}>
        <Track
          waveform={file.voice ?? []}
          at={at}
          length={length}
          label={t("voice.position", { name })}
          onSeek={(seconds) => by.seek(key, files, file.source, seconds)}
          disabled={uploading}
        />
        <span className={css.facts}>
          {mine?.status === "failed" ? (
            <span className={css.failed} role="alert">
              {t("voice.failed")}
            </span>
          ) : (
            <span>
              {mine === null || length === null
                ? formats.clock(Math.round(length ?? at))
                : t("voice.of", {
                    at: formats.clock(Math.floor(at)),
                    length: formats.clock(Math.round(length)),
                  })}
            </span>
          )}
          {mine !== null && mine.status !== "failed" && <Speed by={by} />}
        </span>
      </div>
    </div>
  );
}

interface PlayButtonProps {
  status: "loading" | "playing" | "paused" | "failed" | null;
  name: string;
  uploading: boolean;
  progress: number | null;
  onPress: () => void;
}

function PlayButton({ status, name, uploading, progress, onPress }: PlayButtonProps) {
  const { t } = useTranslation("kit");
  const busy = uploading || status === "loading";
  const words = uploading ? "file.stop" : status === "playing" ? "voice.pause" : "voice.play";
  const Icon = uploading ? IconX : status === "playing" ? IconPlayerPause : IconPlayerPlay;
  return (
    <RoundButton tone="brand" className={css.play} aria-label={t(words, { name })} onClick={onPress}>
      <Icon size={22} stroke={1.75} aria-hidden />
      {busy && (
        <ProgressRing
          part={uploading ? progress : null}
          label={t(uploading ? "file.uploading" : "file.downloading", { name })}
        />
      )}
    </RoundButton>
  );
}

interface TrackProps {
  waveform: readonly number[];
  at: number;
  length: number | null;
  label: string;
  disabled: boolean;
  onSeek: (seconds: number) => void;
}

/** The waveform, and over it a slider for finger, mouse and keys. */
function Track({ waveform, at, length, label, disabled, onSeek }: TrackProps) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const bars = useMemo(() => resampled(waveform.length === 0 ? [0] : waveform, BARS), [waveform]);
  const heard = length === null || length === 0 ? 0 : Math.min(1, at / length);
  return (
    <div className={css.track}>
      <span className={css.bars} aria-hidden>
        {bars.map((level, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
            key={index}
            style={{ height: `${Math.round(12 + level * 88)}%` }}
            data-heard={(index + 0.5) / bars.length <= heard}
          />
        ))}
      </span>
      <input
        type="range"
        className={css.slider}
        min={0}
        max={length ?? 0}
        step={length === null ? STEP : Math.min(STEP, length / 10 || STEP)}
        value={Math.min(at, length ?? 0)}
        disabled={disabled || length === null}
        aria-label={label}
        aria-valuetext={t("voice.of", {
          at: formats.clock(Math.floor(at)),
          length: formats.clock(Math.round(length ?? 0)),
        })}
        onChange={(event) => onSeek(Number(event.currentTarget.value))}
      />
    </div>
  );
}

function Speed({ by }: { by: Player }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const speed = formats.number(useReadable(by.speed));
  return (
    <button
      type="button"
      className={css.speed}
      aria-label={t("voice.speedNamed", { speed })}
      onClick={() => by.nextSpeed()}
    >
      {t("voice.speed", { speed })}
    </button>
  );
}
