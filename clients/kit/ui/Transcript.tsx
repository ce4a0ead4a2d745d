/** A sealed consultation, drawn like the dialogue it was; nothing can be done to it. */
import { useEffect } from "react";
import { isOfService } from "../api/transcript.ts";
import type { ArchivedCall, ArchivedFile, TranscriptEntry } from "../api/types.ts";
import { withDaysAndRuns } from "../matrix/timeline/items.ts";
import { sameSign } from "../matrix/timeline/reactions.ts";
import type {
  CallItem,
  FileBody,
  Files,
  MessageBody,
  MessageItem,
  Person,
  Reaction,
  TimelineItem,
} from "../matrix/types.ts";
import { fromWire } from "../matrix/voice/waveform.ts";
import { Bubble } from "./Bubble.tsx";
import { CallLine } from "./call/CallLine.tsx";
import { sealedCall } from "./call/sealed.ts";
import { DaySeparator } from "./Separators.tsx";
import css from "./Transcript.module.css";
import { player } from "./voice/player.ts";

export interface TranscriptProps {
  entries: readonly TranscriptEntry[];
  calls?: readonly ArchivedCall[];
  /** Whose messages stand on the right; `null`: the patient's stand on the left, staff's on the right. */
  me: string | null;
  /** `null` while the client is on its way: files cannot be opened yet. */
  files: Files | null;
  /** Said where nothing was written. */
  empty: string;
}

const NOT_YET: Files = { open: () => Promise.reject(new Error("not started yet")) };
const nothing = () => undefined;

export function Transcript({ entries, calls = [], me, files, empty }: TranscriptProps) {
  useEffect(() => () => player.stop(), []);
  const items = transcriptItems(entries, me, calls);
  const callers = new Map(calls.map(({ id, caller }) => [id, caller]));
  if (items.length === 0) return <p className={css.empty}>{empty}</p>;
  return items.map((item) =>
    item.kind === "day" ? (
      <DaySeparator key={item.key} item={item} />
    ) : item.kind === "message" ? (
      <Bubble key={item.key} message={item} files={files ?? NOT_YET} onRetry={nothing} onCancel={nothing} />
    ) : item.kind === "call" ? (
      <CallLine
        key={item.key}
        item={item}
        side={me === null ? null : "patient"}
        caller={callers.get(item.callId)?.user_id === me ? null : (callers.get(item.callId)?.name ?? null)}
      />
    ) : null,
  );
}

/** Words in their order, each call where it ended. */
export function transcriptItems(
  entries: readonly TranscriptEntry[],
  me: string | null,
  calls: readonly ArchivedCall[] = [],
): TimelineItem[] {
  const byId = new Map(entries.map((entry) => [entry.event_id, entry]));
  const items: (MessageItem | CallItem)[] = entries
    .filter((entry) => !isOfService(entry))
    .map((entry) => itemOf(entry, me, byId));
  for (const call of calls.map(sealedCall)) {
    const place = items.findLastIndex(({ at }) => at <= call.at);
    items.splice(place + 1, 0, call);
  }
  return withDaysAndRuns(items);
}

function itemOf(
  entry: TranscriptEntry,
  me: string | null,
  byId: ReadonlyMap<string, TranscriptEntry>,
): MessageItem {
  const mine = me === null ? entry.sender.kind === "operator" : entry.sender.user_id === me;
  const quoted = entry.reply_to === null ? undefined : byId.get(entry.reply_to);
  return {
    kind: "message",
    key: entry.event_id,
    eventId: entry.event_id,
    sender: personOf(entry, me),
    mine,
    at: Date.parse(entry.sent_at),
    body: bodyOf(entry),
    reply:
      quoted === undefined
        ? null
        : {
            eventId: quoted.event_id,
            sender: personOf(quoted, me),
            text: quoted.body,
            kind: bodyOf(quoted).type,
          },
    edited: entry.edited,
    delivery: null,
    trust: "normal",
    startsRun: true,
    endsRun: true,
    canEdit: false,
    canRedact: false,
    reactions: reactionsOf(entry, me),
    canReact: false,
  };
}

/** Signs that stood under it when it was sealed; records of the first versions have none. */
function reactionsOf({ reactions = [] }: TranscriptEntry, me: string | null): Reaction[] {
  const signs: Reaction[] = [];
  for (const { sign, sender } of reactions) {
    const same = signs.find((one) => sameSign(one.sign, sign));
    const who = senderOf(sender, me);
    if (same === undefined) signs.push({ sign, people: [who], mine: who.kind === "me" });
    else same.people = [...same.people, who];
  }
  return signs;
}

function personOf({ sender }: TranscriptEntry, me: string | null) {
  return senderOf(sender, me);
}

function senderOf(sender: TranscriptEntry["sender"], me: string | null): Person {
  const kind = sender.user_id === me ? "me" : sender.kind === "system" ? "keeper" : "other";
  return { userId: sender.user_id, name: sender.name, kind };
}

function bodyOf({ kind, body, file }: TranscriptEntry): MessageBody {
  switch (kind) {
    case "text":
    case "notice":
      return { type: kind, text: body };
    case "redacted":
      return { type: "redacted" };
    case "undecryptable":
      return { type: "unreadable", why: "missing" };
    case "image":
    case "file":
    case "audio":
    case "video":
      if (file === null) return { type: "text", text: body };
      return { type: kind, file: recordFile(file), caption: body !== "" && body !== file.name ? body : null };
  }
}

/** Of a voice message its length and how loud it is; records of the first versions do not say it. */
function spoken(voice: ArchivedFile["voice"] | undefined): Pick<FileBody, "durationMs" | "voice"> {
  if (voice == null) return { durationMs: null };
  return { durationMs: voice.duration_ms, voice: voice.waveform.map(fromWire) };
}

/** A file of a record as tiles and downloads take it. */
export function recordFile(file: ArchivedFile): FileBody {
  const mimetype = file.mimetype ?? "application/octet-stream";
  return {
    name: file.name,
    mimetype,
    sizeBytes: file.size_bytes,
    source: { at: "server", url: file.url, mimetype, encrypted: file.encrypted_file },
    thumbnail: null,
    width: null,
    height: null,
    ...spoken(file.voice),
  };
}
