/** Bodies of messages: what `m.room.message` content means for the views, and how ours are written. */
import type { OutboxFile } from "../database.ts";
import type { EncryptedFileInfo, FileBody, FileSource, MessageBody } from "../types.ts";
import { voiceContent, voiceOf } from "../voice/waveform.ts";
import type { AbsenceFacts, CallbackFacts, CallFacts, ConclusionFacts, WhomFacts } from "./items.ts";

type Content = Record<string, unknown>;

/** The body of a message event; `null`: not a message that is drawn. */
export function bodyOf(content: Content): MessageBody {
  const text = typeof content.body === "string" ? content.body : "";
  switch (content.msgtype) {
    case "m.text":
    case "m.emote":
      return { type: "text", text: relatesTo(content).replyTo === null ? text : withoutReplyFallback(text) };
    case "m.notice":
      return { type: "notice", text };
    case "m.image":
      return fileBody(content, "image");
    case "m.audio":
      return fileBody(content, "audio");
    case "m.video":
      return fileBody(content, "video");
    case "m.file":
      return fileBody(content, "file");
    default:
      return text === "" ? { type: "unknown" } : { type: "text", text };
  }
}

/** What the service says in rooms for clients that know nothing of consultations; ours draw the consultation's own lines. */
export function isServiceNotice(content: Content): boolean {
  return typeof content["chat.consilium.notice"] === "object" && content["chat.consilium.notice"] !== null;
}

const OUTCOMES: readonly string[] = ["completed", "declined", "missed", "cancelled", "busy", "lost"];

/** The service's note about a call that has ended; `null`: another notice, or one that this build does not understand. */
export function callNotice(content: Content): Omit<CallFacts, "at"> | null {
  if (!isServiceNotice(content)) return null;
  const notice = content["chat.consilium.notice"] as Content;
  const { kind, call_id, consultation_id, call, caller, outcome, seconds } = notice;
  if (kind !== "call" || typeof call_id !== "string" || typeof outcome !== "string") return null;
  if (!OUTCOMES.includes(outcome)) return null;
  return {
    callId: call_id,
    consultationId: typeof consultation_id === "string" ? consultation_id : null,
    call: call === "video" ? "video" : "audio",
    callerSide: caller === "patient" ? "patient" : "staff",
    outcome: outcome as CallFacts["outcome"],
    seconds: typeof seconds === "number" && seconds > 0 ? seconds : 0,
  };
}

const STEPS: readonly string[] = ["ordered", "moved", "taken", "no_answer", "done", "cancelled"];

/** The service's note about a call-back; `null`: another notice, or one that this build does not understand. */
export function callbackNotice(content: Content): Omit<CallbackFacts, "at"> | null {
  if (!isServiceNotice(content)) return null;
  const { kind, callback_id, step, window, time_zone } = content["chat.consilium.notice"] as Content;
  if (kind !== "callback" || typeof callback_id !== "string" || typeof step !== "string") return null;
  if (!STEPS.includes(step)) return null;
  return {
    callbackId: callback_id,
    step: step as CallbackFacts["step"],
    window: windowOf(window),
    timeZone: typeof time_zone === "string" ? time_zone : "UTC",
  };
}

/** The service's note that a conclusion is there; `null`: another notice. */
export function conclusionNotice(content: Content): Omit<ConclusionFacts, "at"> | null {
  if (!isServiceNotice(content)) return null;
  const { kind, consultation_id } = content["chat.consilium.notice"] as Content;
  if (typeof consultation_id !== "string") return null;
  if (kind === "conclusion_ready") return { consultationId: consultation_id, step: "ready" };
  return kind === "conclusion_amended" ? { consultationId: consultation_id, step: "amended" } : null;
}

/** The service's note that it was corrected whom a consultation is about; `null`: another notice. */
export function whomNotice(content: Content): Omit<WhomFacts, "at"> | null {
  if (!isServiceNotice(content)) return null;
  const { kind, consultation_id } = content["chat.consilium.notice"] as Content;
  return kind === "person_corrected" && typeof consultation_id === "string"
    ? { consultationId: consultation_id }
    : null;
}

const ABSENCES: readonly AbsenceFacts["of"][] = ["returned", "still_there", "closed_silent"];

/** The service's note that somebody is gone; `null`: another notice. */
export function absenceNotice(content: Content): Omit<AbsenceFacts, "at"> | null {
  if (!isServiceNotice(content)) return null;
  const { kind, consultation_id } = content["chat.consilium.notice"] as Content;
  const of = ABSENCES.find((known) => known === kind);
  return of !== undefined && typeof consultation_id === "string"
    ? { consultationId: consultation_id, of }
    : null;
}

function windowOf(value: unknown): CallbackFacts["window"] {
  if (typeof value !== "object" || value === null) return null;
  const [start, end] = [instantOf((value as Content).start), instantOf((value as Content).end)];
  return start === null || end === null ? null : { start, end };
}

/** RFC 3339, or milliseconds. */
function instantOf(value: unknown): number | null {
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? at : null;
}

export interface Relation {
  replyTo: string | null;
  replaces: string | null;
}

export function relatesTo(content: Content): Relation {
  const relation = content["m.relates_to"];
  if (typeof relation !== "object" || relation === null) return { replyTo: null, replaces: null };
  const { rel_type, event_id, "m.in_reply_to": inReplyTo } = relation as Content;
  const replaces = rel_type === "m.replace" && typeof event_id === "string" ? event_id : null;
  const target = typeof inReplyTo === "object" && inReplyTo !== null ? (inReplyTo as Content).event_id : null;
  return { replyTo: typeof target === "string" ? target : null, replaces };
}

/** Older clients put the quoted words into the body: `> <@anna:…> …` lines and an empty one. */
function withoutReplyFallback(text: string): string {
  const lines = text.split("\n");
  let at = 0;
  while (at < lines.length && lines[at]?.startsWith("> ")) at += 1;
  if (at === 0) return text;
  return lines.slice(lines[at] === "" ? at + 1 : at).join("\n");
}

function fileBody(content: Content, type: "image" | "audio" | "video" | "file"): MessageBody {
  const info = (typeof content.info === "object" && content.info !== null ? content.info : {}) as Content;
  const mimetype = typeof info.mimetype === "string" ? info.mimetype : "application/octet-stream";
  const source = sourceOf(content.url, content.file, mimetype);
  if (source === null) return { type: "unknown" };
  const body = typeof content.body === "string" ? content.body : "";
  const filename = typeof content.filename === "string" && content.filename !== "" ? content.filename : body;
  const thumbnailInfo = (info.thumbnail_info ?? {}) as Content;
  const thumbnailType = typeof thumbnailInfo.mimetype === "string" ? thumbnailInfo.mimetype : "image/jpeg";
  const file: FileBody = {
    name: filename === "" ? type : filename,
    mimetype,
    sizeBytes: positive(info.size),
    source,
    thumbnail: sourceOf(info.thumbnail_url, info.thumbnail_file, thumbnailType),
    width: positive(info.w),
    height: positive(info.h),
    durationMs: positive(info.duration),
    ...(type === "audio" ? spoken(content, positive(info.duration)) : {}),
  };
  return { type, file, caption: body !== "" && body !== filename ? body : null };
}

/** Of a voice message its length and how loud it is. */
function spoken(content: Content, durationMs: number | null): Pick<FileBody, "durationMs" | "voice"> {
  const voice = voiceOf(content);
  if (voice === null) return { durationMs };
  return { durationMs: voice.durationMs ?? durationMs, voice: voice.waveform };
}

function sourceOf(url: unknown, file: unknown, mimetype: string): FileSource | null {
  if (typeof file === "object" && file !== null) {
    const encrypted = file as EncryptedFileInfo;
    if (typeof encrypted.url !== "string" || typeof encrypted.iv !== "string") return null;
    return { at: "server", url: encrypted.url, mimetype, encrypted };
  }
  return typeof url === "string" ? { at: "server", url, mimetype, encrypted: null } : null;
}

function positive(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

// --- ours ---

export function textContent(text: string, replyTo: string | null): Content {
  return { msgtype: "m.text", body: text, ...inReplyTo(replyTo), "m.mentions": {} };
}

export function editContent(target: string, text: string): Content {
  return {
    msgtype: "m.text",
    body: `* ${text}`,
    "m.new_content": { msgtype: "m.text", body: text, "m.mentions": {} },
    "m.relates_to": { rel_type: "m.replace", event_id: target },
    "m.mentions": {},
  };
}

export function fileContent(file: OutboxFile, caption: string | null, replyTo: string | null): Content {
  if (file.uploaded === null) throw new Error("the upload comes first");
  const { thumbnail } = file;
  return {
    msgtype: messageTypeOf(file.mimetype),
    body: caption ?? file.name,
    filename: file.name,
    file: file.uploaded.file,
    info: {
      mimetype: file.mimetype,
      size: file.blob.size,
      ...(file.width === null ? {} : { w: file.width, h: file.height }),
      ...(file.durationMs === null ? {} : { duration: file.durationMs }),
      ...(file.uploaded.thumbnail === null || thumbnail === null
        ? {}
        : {
            thumbnail_file: file.uploaded.thumbnail,
            thumbnail_info: {
              mimetype: thumbnail.blob.type,
              size: thumbnail.blob.size,
              w: thumbnail.width,
              h: thumbnail.height,
            },
          }),
    },
    ...(file.voice === undefined ? {} : voiceContent(file.durationMs ?? 0, file.voice)),
    ...inReplyTo(replyTo),
    "m.mentions": {},
  };
}

export function messageTypeOf(mimetype: string): "m.image" | "m.video" | "m.audio" | "m.file" {
  if (/^image\/(jpeg|png|gif|webp|avif)$/.test(mimetype)) return "m.image";
  if (mimetype.startsWith("video/")) return "m.video";
  if (mimetype.startsWith("audio/")) return "m.audio";
  return "m.file";
}

function inReplyTo(replyTo: string | null): Content {
  return replyTo === null ? {} : { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } };
}
