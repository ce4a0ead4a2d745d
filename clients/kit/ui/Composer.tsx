/**
 * Where one writes. Text grows to six lines; files wait in a strip until the one send button sends everything.
 * On a phone Enter is a new line; on a desk Enter sends and Shift-Enter is a new line.
 */
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import { QuoteText } from "./Bubble.tsx";
import { ComingFilesLine, useComingFiles } from "./ComingFiles.tsx";
import css from "./Composer.module.css";
import { useDensity } from "./density.tsx";
import {
  IconArrowBackUp,
  IconCamera,
  IconFile,
  IconMicrophone,
  IconPaperclip,
  IconPencil,
  IconPhoto,
  IconSend2,
  IconX,
} from "./icons.ts";
import type { ComposerProps } from "./props.ts";
import { RoundButton } from "./RoundButton.tsx";
import { senderName } from "./sender.ts";
import { useSuggest } from "./useSuggest.tsx";
import { useVoice, type Voice } from "./voice/useVoice.ts";
import { VoiceBar } from "./voice/VoiceBar.tsx";

/** Others see «is writing» while keys are pressed and this long after. */
const TYPING_PAUSE_MS = 4_000;

export function Composer(props: ComposerProps) {
  const { draft, onDraft, onSend, onTyping, editing = null, disabled = false } = props;
  const { t } = useTranslation("kit");
  const density = useDensity();
  const field = useRef<HTMLTextAreaElement>(null);
  const [picking, setPicking] = useState(false);
  const attached = props.attached;
  const enterSends = props.enterSends ?? !isTouch();
  const typing = useTyping(onTyping);
  const coming = useComingFiles(props.onAttach);
  const suggesting = useSuggest({
    field,
    text: draft.text,
    onText: (text) => onDraft({ ...draft, text }),
    source: props.suggest,
    // A change of a message takes its words alone.
    onFiles: (files) => {
      if (props.attachments && editing === null) coming.bring(files);
    },
  });
  const unfinished = props.unfinished?.(draft.text) ?? null;
  const voice = useVoice(props.voice ?? null);
  const isSpeaking = voice.state.status !== "idle";
  useFocusOn(field, editing?.eventId ?? props.reply?.eventId ?? null);
  useAutoHeight(field, draft.text);

  const isWhole = unfinished === null && !coming.isOpen;
  const canSend = !disabled && isWhole && (draft.text.trim() !== "" || attached.length > 0);
  const send = () => {
    if (!canSend) return;
    typing.stop();
    onSend(draft);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (suggesting.onKeyDown(event)) return;
    if (event.key === "Enter" && enterSends && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape") {
      if (editing !== null) props.onCancelEdit?.();
      else if (props.reply !== null) props.onCancelReply();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || !props.attachments) return;
    event.preventDefault();
    props.onAttach(files);
  };

  if (disabled && props.disabledReason !== undefined)
    return <p className={css.disabled}>{props.disabledReason}</p>;
  return (
    <form
      className={css.composer}
      data-density={density}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Context {...props} editing={editing} />
      {attached.length > 0 && <AttachedStrip files={attached} onDetach={props.onDetach} />}
      <ComingFilesLine coming={coming} />
      {picking && (
        <AttachChoices
          onFiles={(files) => {
            setPicking(false);
            props.onAttach(files);
            field.current?.focus();
          }}
          onClose={() => {
            setPicking(false);
            field.current?.focus();
          }}
        />
      )}
      {suggesting.list}
      {unfinished !== null && (
        <p className={css.unfinished} role="status">
          {unfinished}
        </p>
      )}
      {isSpeaking && <VoiceBar voice={voice} seconds={props.voice?.seconds ?? 0} />}
      {/* It stays while one speaks: a finger that holds its button has to be heard when it is let go. */}
      <div className={css.line} data-hidden={isSpeaking}>
        {props.attachments && editing === null && (
          <AttachButton picking={picking} onPress={() => setPicking(!picking)} />
        )}
        <textarea
          ref={field}
          className={css.field}
          rows={1}
          value={draft.text}
          disabled={disabled}
          placeholder={props.placeholder ?? t("composer.placeholder")}
          aria-label={t(editing === null ? "composer.label" : "composer.editLabel")}
          enterKeyHint={enterSends ? "send" : "enter"}
          {...suggesting.props}
          onChange={(event) => {
            typing.key();
            suggesting.onChange(event);
          }}
          onBlur={typing.stop}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {props.extra}
        {props.voice != null && editing === null && draft.text === "" && attached.length === 0 && (
          <VoiceButton voice={voice} />
        )}
        <RoundButton
          type="submit"
          tone="brand"
          disabled={!canSend}
          aria-label={t(editing === null ? "composer.send" : "composer.save")}
        >
          <IconSend2 size={24} stroke={1.75} aria-hidden />
        </RoundButton>
      </div>
    </form>
  );
}

function AttachButton({ picking, onPress }: { picking: boolean; onPress: () => void }) {
  const { t } = useTranslation("kit");
  const Icon = picking ? IconX : IconPaperclip;
  return (
    <RoundButton
      aria-expanded={picking}
      aria-label={t(picking ? "composer.attachClose" : "composer.attach")}
      title={t("composer.attach")}
      onClick={onPress}
    >
      <Icon size={24} stroke={1.75} aria-hidden />
    </RoundButton>
  );
}

/** A tap begins a voice message, holding it sends it when it is let go. Has the focus again when that is over. */
function VoiceButton({ voice }: { voice: Voice }) {
  const { t } = useTranslation("kit");
  const button = useRef<HTMLButtonElement>(null);
  const isOn = voice.state.status !== "idle";
  const wasOn = useRef(false);
  useEffect(() => {
    if (wasOn.current && !isOn) button.current?.focus();
    wasOn.current = isOn;
  }, [isOn]);
  return (
    <RoundButton
      ref={button}
      className={css.speak}
      aria-label={t("voice.record")}
      title={t("voice.record")}
      onPointerDown={voice.onPointerDown}
      // By keys: the finger has begun it before.
      onClick={(event) => event.detail === 0 && voice.start()}
      onContextMenu={(event) => event.preventDefault()}
    >
      <IconMicrophone size={24} stroke={1.75} aria-hidden />
    </RoundButton>
  );
}

/** What the text under the fingers belongs to: an answer or a change. */
function Context({
  reply,
  onCancelReply,
  editing,
  onCancelEdit,
}: ComposerProps & { editing: ComposerProps["editing"] }) {
  const { t } = useTranslation("kit");
  if (editing !== null && editing !== undefined) {
    return (
      <div className={css.context}>
        <IconPencil size={20} stroke={1.75} aria-hidden />
        <span className={css.contextText}>{t("composer.editing")}</span>
        <RoundButton tone="still" onClick={onCancelEdit} aria-label={t("composer.cancelEdit")}>
          <IconX size={20} stroke={1.75} aria-hidden />
        </RoundButton>
      </div>
    );
  }
  if (reply === null) return null;
  return (
    <div className={css.context}>
      <IconArrowBackUp size={20} stroke={1.75} aria-hidden />
      <span className={css.contextText}>
        {reply.sender !== null && (
          <strong>{reply.sender.kind === "me" ? t("message.you") : senderName(reply.sender, t)}: </strong>
        )}
        <QuoteText reply={reply} />
      </span>
      <RoundButton tone="still" onClick={onCancelReply} aria-label={t("composer.cancelReply")}>
        <IconX size={20} stroke={1.75} aria-hidden />
      </RoundButton>
    </div>
  );
}

/** Takes the focus when it opens: it stands before the button that opened it. Escape closes it. */
function AttachChoices({ onFiles, onClose }: { onFiles: (files: File[]) => void; onClose: () => void }) {
  const { t } = useTranslation("kit");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  return (
    <div
      ref={box}
      className={css.choices}
      role="group"
      aria-label={t("composer.attach")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      {isTouch() && (
        <Picker
          icon={<IconCamera size={24} stroke={1.75} aria-hidden />}
          label={t("composer.camera")}
          accept="image/*"
          capture
          onFiles={onFiles}
        />
      )}
      <Picker
        icon={<IconPhoto size={24} stroke={1.75} aria-hidden />}
        label={t("composer.photo")}
        accept="image/*,video/*"
        onFiles={onFiles}
      />
      <Picker
        icon={<IconFile size={24} stroke={1.75} aria-hidden />}
        label={t("composer.file")}
        onFiles={onFiles}
      />
    </div>
  );
}

interface PickerProps {
  icon: React.ReactNode;
  label: string;
  accept?: string;
  capture?: boolean;
  onFiles: (files: File[]) => void;
}

function Picker({ icon, label, accept, capture = false, onFiles }: PickerProps) {
  const id = useId();
  return (
    <label className={css.choice} htmlFor={id}>
      {icon}
      <span>{label}</span>
      <input
        id={id}
        className={css.pickerInput}
        type="file"
        accept={accept}
        multiple={!capture}
        capture={capture ? "environment" : undefined}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}

function AttachedStrip({ files, onDetach }: { files: readonly File[]; onDetach: (file: File) => void }) {
  const { t } = useTranslation("kit");
  return (
    <ul className={css.strip} aria-label={t("composer.attached")}>
      {files.map((file) => (
        <li key={`${file.name}-${file.lastModified}-${file.size}`} className={css.attached}>
          <Preview file={file} />
          <RoundButton
            tone="still"
            onClick={() => onDetach(file)}
            aria-label={t("composer.detach", { name: file.name })}
          >
            <IconX size={18} stroke={2} aria-hidden />
          </RoundButton>
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { file: File }) {
  const formats = useFormats();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <>
      {url === null ? (
        <IconFile size={24} stroke={1.75} aria-hidden />
      ) : (
        <img className={css.preview} src={url} alt="" />
      )}
      <span className={css.attachedName}>
        {file.name}
        <small>{formats.fileSize(file.size)}</small>
      </span>
    </>
  );
}

/** Tells `true` at the first key and `false` after a pause, not at every key. */
function useTyping(onTyping: (typing: boolean) => void): { key: () => void; stop: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = () => {
    if (timer.current === null) return;
    clearTimeout(timer.current);
    timer.current = null;
    onTyping(false);
  };
  const key = () => {
    if (timer.current === null) onTyping(true);
    else clearTimeout(timer.current);
    timer.current = setTimeout(stop, TYPING_PAUSE_MS);
  };
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  return { key, stop };
}

/** Puts the cursor into the field when an answer or a change begins. */
function useFocusOn(field: React.RefObject<HTMLTextAreaElement | null>, key: string | null): void {
  useEffect(() => {
    if (key === null || field.current === null) return;
    field.current.focus();
    field.current.setSelectionRange(field.current.value.length, field.current.value.length);
  }, [field, key]);
}

/** For browsers without `field-sizing`. */
function useAutoHeight(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useEffect(() => {
    const box = field.current;
    if (box === null || globalThis.CSS?.supports?.("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }, [field, text]);
}

function isTouch(): boolean {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
