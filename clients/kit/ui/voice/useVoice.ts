/** Binds a recorder to what people press: a tap records until another one sends, holding sends when it is let go, moving away throws it away. */
import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Recording } from "../../matrix/types.ts";
import { type RecorderState, VoiceRecorder } from "../../matrix/voice/recorder.ts";
import { useReadable } from "../useReadable.ts";
import { player } from "./player.ts";

/** How voice messages are recorded in a conversation. */
export interface VoiceUse {
  /** The longest, in seconds. */
  seconds: number;
  /** Largest file that the server takes, in bytes; `null`: it does not say. */
  bytesMax: () => Promise<number | null>;
  onRecorded: (recording: Recording) => void;
  /** Another one in tests. */
  make?: (limits: { durationMs: number; sizeBytes: number | null }) => VoiceRecorder;
}

export interface Voice {
  state: RecorderState;
  /** The finger is still on the button. */
  isHeld: boolean;
  /** It would be thrown away if it were let go now. */
  isAway: boolean;
  /** For the button that begins it. */
  onPointerDown: (event: PointerEvent) => void;
  start: () => void;
  send: () => void;
  cancel: () => void;
}

/** Shorter than that it is a tap, and it goes on. */
const HOLD_MS = 400;
/** So far from where it was pressed it is thrown away; in pixels. */
const AWAY_PX = 90;

export function useVoice(use: VoiceUse | null): Voice {
  const latest = useRef(use);
  latest.current = use;
  const [recorder, setRecorder] = useState<VoiceRecorder | null>(null);
  const current = useRef<VoiceRecorder | null>(null);
  const [isHeld, setHeld] = useState(false);
  const [isAway, setAway] = useState(false);
  const state = useReadable(recorder?.state ?? IDLE);

  const start = useCallback(() => {
    const { current: wish } = latest;
    if (wish === null) return;
    current.current?.cancel();
    // What is heard would be recorded again.
    player.stop();
    const limits = { durationMs: wish.seconds * 1_000, sizeBytes: null as number | null };
    // It comes while one speaks: nobody waits for a number that hardly ever matters.
    void wish.bytesMax().then((bytes) => {
      limits.sizeBytes = bytes;
    });
    const made = wish.make?.(limits) ?? new VoiceRecorder(limits);
    current.current = made;
    setRecorder(made);
    void made.start();
  }, []);
  const send = useCallback(() => {
    void current.current?.finish().then((said) => said !== null && latest.current?.onRecorded(said));
  }, []);
  const cancel = useCallback(() => current.current?.cancel(), []);

  const held = useRef<(() => void) | null>(null);
  const onPointerDown = useCallback(
    (event: PointerEvent) => {
      if (event.button !== 0 || held.current !== null) return;
      const { clientX, clientY } = event;
      const at = performance.now();
      setHeld(true);
      setAway(false);
      start();
      const isFar = (to: { clientX: number; clientY: number }) =>
        Math.hypot(to.clientX - clientX, to.clientY - clientY) > AWAY_PX;
      const move = (moved: globalThis.PointerEvent) => setAway(isFar(moved));
      const end = () => {
        held.current?.();
        held.current = null;
        setHeld(false);
        setAway(false);
      };
      const up = (released: globalThis.PointerEvent) => {
        end();
        const status = current.current?.state.get().status;
        // A tap, or the browser asked meanwhile: it goes on until somebody says what becomes of it.
        if (performance.now() - at < HOLD_MS || status === "asking" || status === "trouble") return;
        if (isFar(released)) cancel();
        else send();
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", up);
      addEventListener("pointercancel", end);
      held.current = () => {
        removeEventListener("pointermove", move);
        removeEventListener("pointerup", up);
        removeEventListener("pointercancel", end);
      };
    },
    [start, send, cancel],
  );

  // Nobody can write here any more: nothing is recorded that could not be sent.
  const isOff = use === null;
  useEffect(() => {
    if (isOff) current.current?.cancel();
  }, [isOff]);
  useEffect(
    () => () => {
      held.current?.();
      held.current = null;
      current.current?.cancel();
    },
    [],
  );
  return { state, isHeld, isAway, onPointerDown, start, send, cancel };
}

/** The name of the file, as its type asks. */
export function voiceFileName(words: string, mimetype: string): string {
  const ending = mimetype === "audio/ogg" ? "ogg" : mimetype === "audio/mp4" ? "m4a" : "webm";
  return `${words}.${ending}`;
}

const IDLE = { get: (): RecorderState => NOT_YET, subscribe: () => () => undefined } as const;
const NOT_YET: RecorderState = { status: "idle" };
