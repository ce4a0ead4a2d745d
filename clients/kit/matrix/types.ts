/**
 * What the rest of the clients know of Matrix: plain values. No type of the SDK leaves this folder.
 *
 * A **conversation** here is a room made by the keeper; a **timeline item** is one thing to draw.
 */
import type { CallTicket } from "../api/index.ts";
import type { DeviceCheck, OpenCall, OpeningCall, StandBy } from "./call/types.ts";
import type { Readable } from "./store.ts";

// --- session ---

/** Where and as whom we are signed in. Kept by `sessionStore`. */
export interface Session {
  userId: string;
  deviceId: string;
  accessToken: string;
  refreshToken: string | null;
  /** Milliseconds since 1970 when the access token ends, if the server said so. */
  expiresAt: number | null;
  homeserverUrl: string;
}

export interface SignInRequest {
  homeserverUrl: string;
  login: string;
  password: string;
  /** Shown in lists of sign-ins: «Demo Clinic, Chrome». */
  deviceName: string;
}

export interface RegisterRequest extends SignInRequest {
  displayName: string;
}

/** Why a sign-in failed, as a screen needs it. */
export type SignInFailure =
  | { reason: "wrong-password" }
  | { reason: "login-taken" }
  | { reason: "login-invalid" }
  | { reason: "weak-password"; detail: string }
  | { reason: "closed" }
  | { reason: "deactivated" }
  | { reason: "locked" }
  | { reason: "too-many-tries"; retryAfterMs: number }
  | { reason: "offline" }
  | { reason: "server"; detail: string };

export type SignInResult = { ok: true; session: Session } | { ok: false; failure: SignInFailure };

// --- engine ---

export interface EngineOptions {
  session: Session;
  /** The keeper: the only user whose invitations are accepted and whose history is imported. */
  keeperUserId: string;
  /** Its public master key from the brand; `null`: not known yet, nothing is compared. */
  keeperMasterKey: string | null;
  /** The password just typed, for the silent set-up of keys; `null` after a reload. Never stored. */
  password: string | null;
  /**
   * Who keeps the secret of this user's key backup. A clinic (patients): set up silently, nothing is asked.
   * `person` (staff): the engine sets nothing up by itself, the app does it through `Engine.recovery`.
   */
  custody: Clinic | "person";
  /** Asks the clinic for the history's keys again: `POST /conversations/{id}/history-keys`. */
  requestHistoryKeys: (conversationId: string) => Promise<void>;
  /** Called each time that a refreshed session must be kept. */
  onSession: (session: Session) => void;
  /**
   * `ended`: the server knows this sign-in no more; the app shows the sign-in screen, nothing typed is lost.
   * `other-tab`: another tab of this browser took over; the app offers to go on here (reload).
   */
  onSignedOut: (why: "ended" | "other-tab") => void;
}

/** The clinic that keeps the secret of a patient's key backup: `POST` and `DELETE /me/backup-secret`. Throws when it does not answer. */
export interface Clinic {
  /** `start-over`: the person keeps the secret and has lost it, the clinic makes a new one. */
  ask(wish: "kept" | "start-over"): Promise<SecretAnswer>;
  /** The clinic destroys its copy. */
  giveUp(): Promise<void>;
}

export type SecretAnswer =
  | { keptBy: "clinic"; secret: Uint8Array<ArrayBuffer> }
  | { keptBy: "person" }
  /** The sign-in is too long ago. */
  | { keptBy: "stale" };

/** What a patient may do about his keys; everything else happens silently. */
export interface Custody {
  /** A recovery key that locks nothing yet. */
  newRecoveryKey(): string;
  /** Locks everything by this recovery key, and has the clinic destroy its copy. Only while the keys are `ready`. */
  takeOver(recoveryKey: string): Promise<"taken" | "failed">;
  /** In `needs-recovery-key`: opens identity and history. */
  unlock(recoveryKey: string): Promise<"unlocked" | "wrong-key" | "failed">;
  /** In `needs-recovery-key`: the recovery key is lost. A new identity; the keeper hands the history over again. */
  startOver(): Promise<"done" | "failed">;
}

/** `starting`: nothing known yet · `cached`: yesterday's state shown, not yet in touch · `live` · `offline`. */
export type ConnectionState = "starting" | "cached" | "live" | "offline";

/**
 * Keys of a member of staff on this device. `absent`: never set up, so the clinic can hand nobody's history over ·
 * `locked`: set up on another device, this one waits for the recovery key · `ready`: signed, backed up.
 */
export type RecoveryState = "unknown" | "absent" | "locked" | "ready" | "failed";

/** Cross-signing, secret storage and key backup of staff, locked by a recovery key that only the person has. */
export interface Recovery {
  readonly state: Readable<RecoveryState>;
  /** Sets all three up, replacing what was there; resolves with the recovery key, which is nowhere else. */
  setUp(password: string): Promise<SetUpResult>;
  /** Makes this device one of the person's own by the recovery key of an earlier set-up. */
  unlock(recoveryKey: string): Promise<"unlocked" | "wrong-key" | "failed">;
}

export type SetUpResult =
  | { ok: true; recoveryKey: string }
  | { ok: false; reason: "wrong-password" | "offline" | "unexpected" };

/**
 * Whether this sign-in can read what was said before it. `failed` shows one line with «try again» · `needs-sign-in`: the clinic wants
 * a fresh sign-in · `needs-recovery-key`: the person keeps the secret.
 */
export type KeysState = "unknown" | "preparing" | "ready" | "failed" | "needs-sign-in" | "needs-recovery-key";

/** `mismatch`: the keeper is not the one that the brand names. Nothing is sent or accepted any more. */
export type KeeperState = "unchecked" | "confirmed" | "mismatch";

export interface ConversationSummary {
  roomId: string;
  /** From `chat.consilium.conversation`; `null` until that state is known. */
  conversationId: string | null;
  membership: "joined" | "invited" | "left";
  unread: number;
  lastMessage: { text: string; kind: MessageBody["type"]; at: number; mine: boolean } | null;
  typing: readonly Person[];
}

export interface Engine {
  readonly userId: string;
  readonly deviceId: string;
  readonly connection: Readable<ConnectionState>;
  readonly keys: Readable<KeysState>;
  readonly keeper: Readable<KeeperState>;
  /** Staff only. */
  readonly recovery: Recovery | null;
  /** Patients only. */
  readonly custody: Custody | null;
  readonly conversations: Readable<ReadonlyMap<string, ConversationSummary>>;
  /** Opens a timeline; the same object for the same room until `close`. */
  timeline(roomId: string): Timeline;
  /** Draft of a conversation, kept over reloads. */
  readonly drafts: Drafts;
  /** All files of all conversations. Patients only; the same object each time, live from the first call on. */
  documents(): Promise<Documents>;
  /** Object address of an encrypted or plain file, decrypted on the way; cached; `release` when not shown any more. */
  readonly files: Files;
  /** Largest file that the server takes, in bytes; `null`: it does not say. Asked once. */
  uploadBytesMax(): Promise<number | null>;
  /** Opens microphone and camera for a call, and loads what carries it. */
  openCall(options: OpenCall): OpeningCall;
  /** A call is near: what carries media is fetched, so that nobody waits for it who answers or calls. Harmless however often. */
  prepareCall(): void;
  /** It rings, and the service lets this device wait at the media server: `ticket` and `memberId` are those it was asked for with. */
  standBy(ticket: CallTicket, memberId: string | null): StandBy;
  /** The call in this room is over, though this device may not have been in it. */
  forgetCall(roomId: string): void;
  /** A look and a listen before a call. */
  checkDevices(): Promise<DeviceCheck>;
  /** Tries everything that waits at once: called when the network came back or a person asks. */
  retryNow(): void;
  setDisplayName(name: string): Promise<void>;
  /** What this person keeps in the own account. */
  readonly profile: AccountProfile;
  /** Stops, ends the sign-in at the server (best effort) and forgets all local data of this user. */
  signOut(): Promise<void>;
  /** Stops without signing out (the page goes). */
  stop(): Promise<void>;
}

/** What a person keeps in the own account, in the open for the homeserver. */
export interface AccountProfile {
  /** As the server has it now; null: nothing is kept under that type. */
  read(type: string): Promise<Record<string, unknown> | null>;
  write(type: string, content: Record<string, unknown>): Promise<void>;
  /** Told when it was changed, here or at another machine; returns what ends it. */
  subscribe(type: string, told: (content: Record<string, unknown>) => void): () => void;
}

// --- timeline ---

export interface Person {
  userId: string;
  name: string;
  kind: "me" | "keeper" | "other";
}

export interface FileBody {
  name: string;
  mimetype: string;
  sizeBytes: number | null;
  /** What `Files.open` takes. Opaque for the views. */
  source: FileSource;
  thumbnail: FileSource | null;
  width: number | null;
  height: number | null;
  durationMs: number | null;
  /** How loud a voice message is from its beginning to its end, 0 to 1 each, none where nobody says; absent: it is another sound, or none. */
  voice?: readonly number[] | null;
}

export type FileSource =
  | { at: "server"; url: string; mimetype: string; encrypted: EncryptedFileInfo | null }
  | { at: "local"; blob: Blob };

export interface EncryptedFileInfo {
  url: string;
  key: { alg: string; ext: boolean; k: string; key_ops: string[]; kty: string };
  iv: string;
  hashes: Record<string, string>;
  v: string;
}

/**
 * `waiting`: the history is on its way from the clinic («history is loading») · `missing`: asked and still not there ·
 * `refused`: the sender's program does not share with the clinic.
 */
export type Unreadable = "waiting" | "missing" | "refused";

export type MessageBody =
  | { type: "text"; text: string }
  | { type: "notice"; text: string }
  | { type: "image"; file: FileBody; caption: string | null }
  | { type: "file"; file: FileBody; caption: string | null }
  | { type: "audio"; file: FileBody; caption: string | null }
  | { type: "video"; file: FileBody; caption: string | null }
  | { type: "redacted" }
  | { type: "unreadable"; why: Unreadable }
  | { type: "unknown" };

/** Why a message did not go out, as a person needs it. */
export type SendFailure = "offline" | "refused" | "too-large" | "removed" | "unexpected";

export type Delivery =
  /** Kept on this device, goes out when the network returns. */
  | { state: "queued" }
  | { state: "sending"; progress: { sentBytes: number; totalBytes: number } | null }
  /** The server has it. */
  | { state: "sent" }
  /** It stands in the conversation for everybody. */
  | { state: "delivered" }
  | { state: "read"; by: readonly Person[] }
  | { state: "failed"; why: SendFailure };

/** `handed-over`: the history came from the clinic's keeper, not from the sender's device. `warning` is rare and red. */
export type Trust = "normal" | "handed-over" | "unencrypted" | "warning";

export interface ReplyPreview {
  eventId: string;
  sender: Person | null;
  text: string;
  kind: MessageBody["type"];
}

/** A sign under a message, and who put it there. */
export interface Reaction {
  sign: string;
  people: readonly Person[];
  mine: boolean;
}

export interface MessageItem {
  kind: "message";
  /** Stable over sending → sent. */
  key: string;
  /** `null` until the server has it. */
  eventId: string | null;
  sender: Person;
  mine: boolean;
  /** Milliseconds since 1970. */
  at: number;
  body: MessageBody;
  reply: ReplyPreview | null;
  edited: boolean;
  /** Only of one's own messages. */
  delivery: Delivery | null;
  trust: Trust;
  /** First and last of a run of the same sender within five minutes: decides name, tail and spacing. */
  startsRun: boolean;
  endsRun: boolean;
  canEdit: boolean;
  canRedact: boolean;
  /** In the order in which they came. */
  reactions: readonly Reaction[];
  /** It belongs to what is going on: what is over is sealed, and nothing is put under it any more. */
  canReact: boolean;
}

export type ConsultationPhase = "queued" | "active" | "on_hold" | "archived" | "cancelled" | "abandoned";

/** A separator: what became of a consultation, from `chat.consilium.consultation`. */
export interface ConsultationItem {
  kind: "consultation";
  key: string;
  consultationId: string;
  phase: ConsultationPhase;
  /** `taken` and `resumed` are told apart from the phase before. */
  change:
    | "requested"
    | "taken"
    | "joined"
    | "left"
    | "held"
    | "resumed"
    | "requeued"
    | "archived"
    | "cancelled"
    | "abandoned";
  at: number;
  people: readonly Person[];
}

export interface DayItem {
  kind: "day";
  key: string;
  at: number;
}

export interface UnreadItem {
  kind: "unread";
  key: string;
}

/** A finished consultation, folded into one card; its items follow when `open`. Made by `foldClosed`. */
export interface ClosedItem {
  kind: "closed";
  key: string;
  consultationId: string;
  startedAt: number;
  endedAt: number;
  messages: number;
  people: readonly Person[];
  open: boolean;
}

/** A call that has ended, as the service noted it down. */
export interface CallItem {
  kind: "call";
  key: string;
  callId: string;
  consultationId: string | null;
  call: "audio" | "video";
  callerSide: "patient" | "staff";
  outcome: "completed" | "declined" | "missed" | "cancelled" | "busy" | "lost";
  /** How long it took; 0 where nobody talked. */
  seconds: number;
  at: number;
  /** No later call, and no word of the reader since: the one that may be answered by «call me back». */
  isLatest: boolean;
}

/** A step of a call-back, as the service noted it down. */
export interface CallbackItem {
  kind: "callback";
  key: string;
  callbackId: string;
  step: "ordered" | "moved" | "taken" | "no_answer" | "done" | "cancelled";
  /** When the patient wants to be called, milliseconds since 1970; `null`: as soon as possible. */
  window: { start: number; end: number } | null;
  /** The patient's time zone (IANA). */
  timeZone: string;
  at: number;
}

/** That a conclusion is there, or was amended, as the service noted it. */
export interface ConclusionItem {
  kind: "conclusion";
  key: string;
  consultationId: string;
  step: "ready" | "amended";
  at: number;
}

/** That it was corrected whom a consultation is about, as the service noted it. */
export interface WhomItem {
  kind: "whom";
  key: string;
  consultationId: string;
  at: number;
}

/** That somebody is gone, as the service said it: who led a consultation, or the patient. */
export interface AbsenceItem {
  kind: "absence";
  key: string;
  consultationId: string;
  of: "returned" | "still_there" | "closed_silent";
  at: number;
}

export type TimelineItem =
  | MessageItem
  | ConsultationItem
  | CallItem
  | CallbackItem
  | ConclusionItem
  | WhomItem
  | AbsenceItem
  | DayItem
  | UnreadItem
  | ClosedItem;

export interface TimelineSnapshot {
  status: "loading" | "ready";
  items: readonly TimelineItem[];
  /** What is above the first item. */
  start: "reached" | "more" | "loading" | "failed";
  typing: readonly Person[];
  people: readonly Person[];
  /** `false`: read only (left, or not joined yet). */
  canSend: boolean;
  /** Messages that wait for the history's keys; 0 in good times. */
  unreadableCount: number;
}

/** A voice message that was spoken here. */
export interface Recording {
  blob: Blob;
  mimetype: string;
  durationMs: number;
  /** 0 to 1 each. */
  waveform: readonly number[];
}

/** Where a voice message ends by itself; without a size the server has not said one. */
export interface VoiceLimits {
  durationMs: number;
  sizeBytes: number | null;
}

/** `sent`: the server has it; `failed`: it will not take it; `cancelled`: it was taken back before it went out. */
export type MessageEnd = "sent" | "failed" | "cancelled";

export interface TextDraft {
  text: string;
  replyTo: string | null;
}

export interface Timeline {
  readonly roomId: string;
  readonly snapshot: Readable<TimelineSnapshot>;
  /** Loads earlier messages; safe to call often. */
  loadEarlier(): Promise<void>;
  /** Puts the message into the outbox (durable before it returns) and tries to send it. */
  /** `requestId`: the same words may be sent again after a crash, and go out once. */
  sendText(draft: TextDraft, requestId?: string): Promise<void>;
  /** The same, and resolves when it is decided: for what may only happen once the words are there. A retry goes out once. */
  deliverText(draft: TextDraft, requestId: string): Promise<MessageEnd>;
  sendFile(file: File, options?: { replyTo?: string | null; caption?: string | null }): Promise<void>;
  /** The same, and resolves when it is decided, as `deliverText` does. */
  deliverFile(file: File, requestId: string): Promise<MessageEnd>;
  /** `name`: of the file, for clients that know no voice messages. */
  sendVoice(recording: Recording, options: { name: string; replyTo?: string | null }): Promise<void>;
  edit(eventId: string, text: string): Promise<void>;
  redact(eventId: string): Promise<void>;
  /** Puts a sign under a message, or takes one's own away again. */
  react(eventId: string, sign: string): Promise<void>;
  /** For an item that failed or waits, by its `key`. */
  retry(key: string): void;
  /** Takes a message that has not gone out yet back out of the outbox; stops its upload. */
  cancel(key: string): Promise<void>;
  /** Everything shown was seen. Called when the end of the timeline is visible and the page has focus. */
  markRead(): void;
  setTyping(typing: boolean): void;
  /** Asks the clinic for the history's keys again. */
  requestHistory(): Promise<void>;
  close(): void;
}

// --- documents ---

/** A file that was sent in a conversation. */
export interface DocumentItem {
  /** The event that carries it. */
  id: string;
  roomId: string;
  kind: "image" | "file" | "audio" | "video";
  file: FileBody;
  sender: Person;
  /** Milliseconds since 1970. */
  at: number;
}

export interface DocumentsSnapshot {
  /** `opening`: nothing known yet · `collecting`: earlier messages are looked through · `paused`: goes on by itself, with the network · `complete`. */
  status: "opening" | "collecting" | "paused" | "complete";
  /** Newest first. */
  documents: readonly DocumentItem[];
  /** How far back has been looked, in the conversation that is looked through; milliseconds since 1970. */
  reachedAt: number | null;
  /** Messages that cannot be read yet: some of them may be files. */
  unreadable: number;
}

/** A file of a document by its address. */
export interface DocumentPart {
  url: string;
  bytes: ArrayBuffer;
}

export interface Documents {
  readonly snapshot: Readable<DocumentsSnapshot>;
  /** By document, the bytes that it takes on this device. */
  readonly kept: Readable<ReadonlyMap<string, number>>;
  /** Puts it on this device, sealed: it opens without a network until it is let go or the sign-in ends. Progress is 0..1. */
  keep(document: DocumentItem, onProgress?: (part: number) => void): Promise<"kept" | "full" | "failed">;
  /** The same for what came from elsewhere than a conversation, a conclusion for one: its parts by addresses that nothing else has. */
  keepParts(id: string, parts: readonly DocumentPart[]): Promise<"kept" | "full" | "failed">;
  /** What is kept at such an address, in clear; `null`: nothing. */
  keptBytes(url: string): Promise<ArrayBuffer | null>;
  letGo(id: string): Promise<void>;
  letGoAll(): Promise<void>;
  /** Asks the clinic for the keys of what cannot be read. */
  requestHistory(): Promise<void>;
}

// --- drafts, files ---

export interface Drafts {
  load(roomId: string): Promise<TextDraft | null>;
  /** An empty text and no reply removes the draft. */
  save(roomId: string, draft: TextDraft): Promise<void>;
  /** Files that wait beside the text. */
  loadFiles(roomId: string): Promise<readonly File[]>;
  /** Durable when it returns; none removes them. */
  saveFiles(roomId: string, files: readonly File[]): Promise<void>;
}

export interface Files {
  /** Shape: a `blob:` address, or a reason. Progress is 0..1 where the size is known. */
  open(source: FileSource, onProgress?: (part: number) => void, signal?: AbortSignal): Promise<OpenedFile>;
}

export interface OpenedFile {
  objectUrl: string;
  blob: Blob;
  /** Lets the memory go; the address is dead afterwards. */
  release(): void;
}
