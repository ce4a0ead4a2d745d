/**
 * What one may press in a call. Switches say what they switch and whether it is on; a word stands under each where there is room for it.
 * No menu of a library: the controls also live in a picture-in-picture window, which is a document of its own.
 */
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { press, type Switch, type SwitchedDevice, saidFailure, switchingOf } from "../../calls/switching.ts";
import type { MediaCall } from "../../matrix/index.ts";
import {
  IconAdjustmentsHorizontal,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from "../icons.ts";
import { useReadable } from "../useReadable.ts";
import css from "./CallControls.module.css";
import { DeviceSettings } from "./DeviceSettings.tsx";

export interface CallControlsProps {
  media: MediaCall;
  onHangUp: () => void;
  /** `calm`: large, a word under each; `dense`: the console's. */
  density: "calm" | "dense";
  /** Between the switches and the end of the call. */
  children?: ReactNode;
}

export function CallControls({ media, onHangUp, density, children }: CallControlsProps) {
  const { t } = useTranslation("kit");
  const settings = useDisclosure();
  const [pressed, setPressed] = useState<SwitchedDevice | null>(null);
  const { failed } = useReadable(switchingOf(media));
  const { open } = settings;
  // Whatever was pressed for it: the button here, or a key.
  useEffect(() => {
    if (failed === null) return;
    setPressed(failed.device);
    open();
    saidFailure(media);
  }, [failed, open, media]);
  const icon = { size: density === "calm" ? 26 : 20, stroke: 1.75, "aria-hidden": true } as const;
  return (
    <div className={css.controls} data-density={density} role="toolbar" aria-label={t("call.region")}>
      {media.listens ? (
        <p className={css.listens}>{t("call.listens")}</p>
      ) : (
        <Switches media={media} icon={icon} />
      )}
      <div ref={settings.box} className={css.settings}>
        <Control
          word={t("call.devices")}
          hint={t("call.hint.devices")}
          controls={settings.id}
          isExpanded={settings.isOpen}
          onPress={() => {
            setPressed(null);
            settings.toggle();
          }}
        >
          <IconAdjustmentsHorizontal {...icon} />
        </Control>
        {settings.isOpen && (
          <div id={settings.id} className={css.panel} role="group" aria-label={t("call.hint.devices")}>
            <DeviceSettings media={media} pressed={pressed} />
            <button type="button" className={css.done} onClick={settings.close}>
              {t("call.device.close")}
            </button>
          </div>
        )}
      </div>
      {children}
      <Control word={t("call.hangUp")} hint={t("call.hint.hangUp")} isEnd onPress={onHangUp}>
        <IconPhoneOff {...icon} />
      </Control>
    </div>
  );
}

interface IconShape {
  size: number;
  stroke: number;
  "aria-hidden": true;
}

/** What one sends. */
function Switches({ media, icon }: { media: MediaCall; icon: IconShape }) {
  const { t } = useTranslation("kit");
  const own = useReadable(media.own);
  const { busy } = useReadable(switchingOf(media));
  const control = (what: Switch) => ({
    isOn: own[what],
    isBusy: busy.includes(what),
    onPress: () => void press(media, what),
  });
  return (
    <>
      <Control
        word={t("call.microphone")}
        hint={t(own.microphone ? "call.hint.mute" : "call.hint.unmute")}
        {...control("microphone")}
      >
        {own.microphone ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />}
      </Control>
      <Control
        word={t("call.camera")}
        hint={t(own.camera ? "call.hint.cameraOff" : "call.hint.cameraOn")}
        {...control("camera")}
      >
        {own.camera ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />}
      </Control>
      {own.canShareScreen && (
        <Control
          word={t("call.screen")}
          hint={t(own.screen ? "call.hint.screenOff" : "call.hint.screenOn")}
          isPlain
          {...control("screen")}
        >
          {own.screen ? <IconScreenShareOff {...icon} /> : <IconScreenShare {...icon} />}
        </Control>
      )}
    </>
  );
}

export interface ControlProps {
  /** What stands under it, and its accessible name. */
  word: string;
  /** What a press does; shown by the pointer. */
  hint: string;
  isOn?: boolean;
  /** Off is the usual state: not drawn as something switched off. */
  isPlain?: boolean;
  isBusy?: boolean;
  isEnd?: boolean;
  isExpanded?: boolean;
  controls?: string;
  onPress: () => void;
  children: ReactNode;
}

export function Control(props: ControlProps) {
  const { word, hint, isOn, isPlain = false, isBusy = false, isEnd = false, isExpanded } = props;
  return (
    <button
      type="button"
      className={css.control}
      data-off={isOn === false && !isPlain}
      data-on={isOn === true && isPlain}
      data-end={isEnd}
      aria-pressed={isOn}
      aria-expanded={isExpanded}
      aria-controls={isExpanded === true ? props.controls : undefined}
      aria-busy={isBusy}
      title={hint}
      onClick={() => {
        if (!isBusy) props.onPress();
      }}
    >
      <span className={css.round}>{props.children}</span>
      <span className={css.word}>{word}</span>
    </button>
  );
}

/** A panel that closes by Escape and by a press beside it; the focus goes back to its button. */
function useDisclosure() {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const frame = box.current;
    if (!isOpen || frame === null) return;
    const page = frame.ownerDocument;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setOpen(false);
      frame.querySelector("button")?.focus();
    };
    const onPress = (event: PointerEvent) => {
      if (!frame.contains(event.target as Node)) setOpen(false);
    };
    page.addEventListener("keydown", onKey, true);
    page.addEventListener("pointerdown", onPress);
    return () => {
      page.removeEventListener("keydown", onKey, true);
      page.removeEventListener("pointerdown", onPress);
    };
  }, [isOpen]);
  const open = useCallback(() => setOpen(true), []);
  const close = () => {
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  };
  return { id, box, isOpen, open, toggle: () => setOpen((is) => !is), close };
}
