/** One message. Tapping it (or its «…» button) shows in words what can be done with it; nothing hides behind a gesture. */
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../brand/formats.ts";
import type { Delivery, FileBody, Files, MessageBody, MessageItem, ReplyPreview } from "../matrix/types.ts";
import css from "./Bubble.module.css";
import { DeliveryMark } from "./DeliveryMark.tsx";
import { useDensity } from "./density.tsx";
import { FileTile } from "./FileTile.tsx";
import { useFound } from "./find/found.tsx";
import { ImageTile } from "./ImageTile.tsx";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCopy,
  IconDots,
  IconPencil,
  IconRefresh,
  IconTrash,
} from "./icons.ts";
import { MessageText } from "./MessageText.tsx";
import { mayReact, type OnReact, ReactionChips, ReactionPicker } from "./reactions/Reactions.tsx";
import { senderName } from "./sender.ts";
import { VoiceTile } from "./voice/VoiceTile.tsx";

export interface BubbleProps {
  message: MessageItem;
  files: Files;
  onReply?: (message: MessageItem) => void;
  onEdit?: (message: MessageItem) => void;
  onRedact?: (message: MessageItem) => void;
  /** Puts a sign under it, or takes one's own away. */
  onReact?: OnReact;
  onRetry: (key: string) => void;
  onCancel: (key: string) => void;
  /** Scrolls to the message that this one answers. */
  onShowReply?: (eventId: string) => void;
}

export function Bubble(props: BubbleProps) {
  const { message } = props;
  const { t } = useTranslation("kit");
  const density = useDensity();
  const { current } = useFound();
  const [open, setOpen] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const actions = actionsOf(props);
  const hasMore = actions.length > 0 || mayReact(message, props.onReact);
  /** What was pressed goes; the keyboard stays at the message, unless what was chosen takes it elsewhere. */
  const close = () => {
    setOpen(false);
    more.current?.focus({ preventScroll: true });
  };
  const toggle = (event: { target: EventTarget }) => {
    if (!hasMore || isControl(event.target) || hasSelection()) return;
    setOpen(!open);
  };
  return (
    <article
      className={css.row}
      data-mine={message.mine}
      data-starts={message.startsRun}
      data-ends={message.endsRun}
      data-density={density}
      data-found={message.key === current}
      aria-label={
        message.mine ? t("message.mine") : t("message.from", { name: senderName(message.sender, t) })
      }
    >
      {message.startsRun && !message.mine && <p className={css.sender}>{senderName(message.sender, t)}</p>}
      <div className={css.line}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the «…» button does the same by keyboard */}
        <div
          className={css.bubble}
          data-kind={kindOf(message.body)}
          data-failed={message.delivery?.state === "failed"}
          onClick={toggle}
        >
          {message.reply !== null && <Quote reply={message.reply} onShow={props.onShowReply} />}
          <Body message={message} files={props.files} onCancel={props.onCancel} />
          <Meta message={message} />
        </div>
        {hasMore && (
          <button
            ref={more}
            type="button"
            className={css.more}
            aria-expanded={open}
            aria-label={t("message.actions")}
            onClick={() => setOpen(!open)}
          >
            <IconDots size={20} stroke={1.75} aria-hidden />
          </button>
        )}
      </div>
      <ReactionChips message={message} onReact={props.onReact} />
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: hears Escape for its buttons
        <div className={css.actions} onKeyDown={(event) => event.key === "Escape" && close()}>
          <Picker {...props} onDone={close} />
          {actions.map((action) => (
            <ActionButton
              key={action.id}
              action={{
                ...action,
                run: () => {
                  close();
                  action.run();
                },
              }}
            />
          ))}
        </div>
      )}
      {message.delivery?.state === "failed" && (
        <Failure
          delivery={message.delivery}
          onRetry={() => props.onRetry(message.key)}
          onDiscard={() => props.onCancel(message.key)}
        />
      )}
    </article>
  );
}

/** A sign is put by one press, as everything else here is done. */
function Picker({ message, onReact, onDone }: BubbleProps & { onDone: () => void }) {
  if (!mayReact(message, onReact)) return null;
  return (
    <ReactionPicker
      message={message}
      onReact={(reacted, sign) => {
        onDone();
        onReact(reacted, sign);
      }}
    />
  );
}

interface Action {
  id: "reply" | "copy" | "edit" | "redact";
  icon: ReactNode;
  run: () => void;
}

function actionsOf({ message, onReply, onEdit, onRedact }: BubbleProps): Action[] {
  if (message.eventId === null || message.body.type === "redacted") return [];
  const actions: Action[] = [];
  const icon = { size: 20, stroke: 1.75, "aria-hidden": true } as const;
  const { body } = message;
  if (onReply && body.type !== "unreadable") {
    actions.push({ id: "reply", icon: <IconArrowBackUp {...icon} />, run: () => onReply(message) });
  }
  if (body.type === "text") {
    actions.push({
      id: "copy",
      icon: <IconCopy {...icon} />,
      run: () => void navigator.clipboard.writeText(body.text),
    });
  }
  if (onEdit && message.canEdit)
    actions.push({ id: "edit", icon: <IconPencil {...icon} />, run: () => onEdit(message) });
  if (onRedact && message.canRedact) {
    actions.push({ id: "redact", icon: <IconTrash {...icon} />, run: () => onRedact(message) });
  }
  return actions;
}

function ActionButton({ action }: { action: Action }) {
  const { t } = useTranslation("kit");
  return (
    <button type="button" className={css.action} data-danger={action.id === "redact"} onClick={action.run}>
      {action.icon}
      <span>{t(`message.${action.id}`)}</span>
    </button>
  );
}

function Quote({ reply, onShow }: { reply: ReplyPreview; onShow?: (eventId: string) => void }) {
  const { t } = useTranslation("kit");
  return (
    <button type="button" className={css.quote} onClick={() => onShow?.(reply.eventId)}>
      <span className="unseen">{t("message.showQuoted")}: </span>
      {reply.sender !== null && (
        <span className={css.quoteName}>
          {reply.sender.kind === "me" ? t("message.you") : senderName(reply.sender, t)}
        </span>
      )}
      <QuoteText reply={reply} className={css.quoteText} />
    </button>
  );
}

/** One line that stands for a message: in quotes, in the composer, in lists. */
export function QuoteText({
  reply,
  className,
}: {
  reply: Pick<ReplyPreview, "kind" | "text">;
  className?: string | undefined;
}) {
  const { t } = useTranslation("kit");
  const text =
    reply.kind === "text" || reply.kind === "notice" || reply.text !== ""
      ? reply.text
      : t(`kind.${reply.kind}`);
  return <span className={className}>{text}</span>;
}

function Body({ message, files, onCancel }: Pick<BubbleProps, "message" | "files" | "onCancel">) {
  const { t } = useTranslation("kit");
  const { body } = message;
  const upload = uploadOf(message.delivery);
  const transfer = upload === undefined ? {} : { progress: upload, onCancel: () => onCancel(message.key) };
  switch (body.type) {
    case "text":
    case "notice":
      return (
        <p className={css.text}>
          <MessageText text={body.text} />
        </p>
      );
    case "image":
      return (
        <>
          <ImageTile
            file={body.file}
            files={files}
            senderName={message.mine ? t("message.you") : senderName(message.sender, t)}
            {...transfer}
          />
          <Caption text={body.caption} />
        </>
      );
    case "audio":
    case "video":
    case "file":
      if (body.file.voice != null)
        return <VoiceTile id={message.key} file={body.file} files={files} {...transfer} />;
      return <FileBodyView file={body.file} caption={body.caption} files={files} transfer={transfer} />;
    case "redacted":
      return <p className={css.aside}>{t("message.redacted")}</p>;
    case "unreadable":
      return (
        <p className={css.aside} data-why={body.why}>
          {t(`unreadable.${body.why}`)}
        </p>
      );
    case "unknown":
      return <p className={css.aside}>{t("message.unknown")}</p>;
  }
}

interface FileBodyViewProps {
  file: FileBody;
  caption: string | null;
  files: Files;
  transfer: { progress?: number | null; onCancel?: () => void };
}

function FileBodyView({ file, caption, files, transfer }: FileBodyViewProps) {
  return (
    <>
      <FileTile file={file} files={files} {...transfer} />
      <Caption text={caption} />
    </>
  );
}

function Caption({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p className={css.text}>
      <MessageText text={text} />
    </p>
  );
}

function Meta({ message }: { message: MessageItem }) {
  const { t } = useTranslation("kit");
  const formats = useFormats();
  const density = useDensity();
  const { trust } = message;
  return (
    <span className={css.meta}>
      {(trust === "warning" || trust === "unencrypted") && (
        <span className={css.warning}>
          <IconAlertTriangle size={14} stroke={2} aria-hidden />
          {t(`trust.${trust}.${density}`)}
        </span>
      )}
      {message.edited && <span>{t("message.edited")}</span>}
      <time dateTime={new Date(message.at).toISOString()}>{formats.time(message.at)}</time>
      {message.delivery !== null && <DeliveryMark delivery={message.delivery} />}
    </span>
  );
}

function Failure({
  delivery,
  onRetry,
  onDiscard,
}: {
  delivery: Delivery & { state: "failed" };
  onRetry: () => void;
  onDiscard: () => void;
}) {
  const { t } = useTranslation("kit");
  return (
    <div className={css.failure} role="alert">
      <span>{t(`failure.${delivery.why}`)}</span>
      <span className={css.failureActions}>
        <button type="button" className={css.action} onClick={onRetry}>
          <IconRefresh size={18} stroke={1.75} aria-hidden />
          {t("failure.retry")}
        </button>
        <button type="button" className={css.action} onClick={onDiscard}>
          <IconTrash size={18} stroke={1.75} aria-hidden />
          {t("failure.discard")}
        </button>
      </span>
    </div>
  );
}

/** `undefined`: nothing goes up; `null`: it does, how much is left is unknown. */
function uploadOf(delivery: Delivery | null): number | null | undefined {
  if (delivery?.state === "queued") return null;
  if (delivery?.state !== "sending") return undefined;
  const { progress } = delivery;
  return progress === null || progress.totalBytes === 0 ? null : progress.sentBytes / progress.totalBytes;
}

function kindOf(body: MessageBody): string {
  if (body.type === "redacted" || body.type === "unreadable" || body.type === "unknown") return "aside";
  return body.type;
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, a, input") !== null;
}

function hasSelection(): boolean {
  return (globalThis.getSelection?.()?.toString() ?? "") !== "";
}
