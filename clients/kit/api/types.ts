/**
 * Shapes of the consultation API (`/_consilium/v1`) and of `brand.json`, as the server sends them.
 *
 * Ids are opaque strings, times RFC 3339 in UTC, money in minor units, JSON in snake_case.
 */

export type Role = "patient" | "operator" | "supervisor";
export type Sex = "female" | "male" | "other";

export interface Me {
  user_id: string;
  role: Role;
  name: string;
  birth_date?: string | null;
  sex?: Sex | null;
  phone?: string | null;
  email?: string | null;
  keeper_user_id: string;
  operator: Operator | null;
  /** The patient's; empty for staff. */
  conversations: Conversation[];
}

export interface WaitEstimate {
  p50_seconds: number;
  p80_seconds: number;
}

export interface Money {
  amount_minor: number;
  currency: string;
}

export interface Service {
  /** The queue's id. */
  id: string;
  name: string;
  description: string;
  /** Name of a Tabler icon. */
  icon: string;
  open: boolean;
  operators_online: number;
  wait: WaitEstimate | null;
  /** `null`: free. */
  price: Money | null;
  languages: string[];
}

export type Phase = "queued" | "active" | "on_hold" | "archived" | "cancelled" | "abandoned";
export type ParticipantRole = "lead" | "consultant" | "observer" | "trainee";

export interface Participant {
  operator_id: string;
  name: string;
  role: ParticipantRole;
  joined_at: string;
}

/** The patient's view of a consultation, and the base of all others. */
export interface Consultation {
  id: string;
  conversation_id: string;
  room_id: string;
  queue: { id: string; name: string };
  phase: Phase;
  requested_at: string;
  taken_at: string | null;
  first_answer_at: string | null;
  ended_at: string | null;
  hold: { since: string; until: string | null } | null;
  participants: Participant[];
  /** Only while queued. */
  waiting: { place: number; estimate: WaitEstimate | null } | null;
  end_reason: string | null;
  message_count: number;
  first_event_id: string | null;
  last_event_id: string | null;
}

export interface Conversation {
  id: string;
  room_id: string;
  circle: string;
  open_consultation: Consultation | null;
}

export interface ConsultationRow extends Consultation {
  patient: { id: string; name: string; age: number | null; sex: Sex | null };
  priority: number;
  transfer: { from: string; note: string; at: string } | null;
  previous_operator: { id: string; name: string } | null;
  last_message_at: string | null;
  unanswered_since: string | null;
}

export interface HistoryEntry {
  at: string;
  actor: { kind: "patient" | "operator" | "system"; name: string };
  /** requested, taken, held, resumed, transferred, closed, cancelled, abandoned, reopened. */
  action: string;
  note: string | null;
}

export interface ConsultationDetail extends ConsultationRow {
  history: HistoryEntry[];
  /** Whether the last hand-over of history keys reached a device of the caller. */
  keys: { ready: boolean; devices: number };
}

export interface Queue {
  id: string;
  name: string;
  circle: string;
  waiting: number;
  active: number;
  on_hold: number;
  oldest_waiting_since: string | null;
  operators_online: number;
}

export type OperatorStatus = "online" | "transfer_only" | "away" | "break" | "going_off" | "offline";

export interface Operator {
  id: string;
  user_id: string;
  name: string;
  title: string | null;
  role: "operator" | "supervisor";
  queues: string[];
  status: OperatorStatus;
  status_since: string;
  status_reason: string | null;
  active_consultations: number;
}

export interface StatusHistoryEntry {
  status: OperatorStatus;
  reason: string | null;
  since: string;
  until: string | null;
}

export interface PatientRow {
  id: string;
  user_id: string;
  name: string;
  birth_date: string | null;
  sex: string | null;
  phone: string | null;
  email: string | null;
  created_at: string;
  last_consultation_at: string | null;
  consultations: number;
}

export interface PatientCard extends Omit<PatientRow, "consultations"> {
  conversations: Conversation[];
  consultations: ConsultationRow[];
  insurance: string | null;
}

export interface ArchivedFile {
  name: string;
  mimetype: string | null;
  size_bytes: number | null;
  sha256: string | null;
  /** mxc address. */
  url: string;
  encrypted_file: EncryptedFile | null;
}

/** `EncryptedFile` of the Matrix specification, as far as the clients read it. */
export interface EncryptedFile {
  url: string;
  key: { alg: string; ext: boolean; k: string; key_ops: string[]; kty: string };
  iv: string;
  hashes: Record<string, string>;
  v: string;
}

export type TranscriptKind =
  | "text"
  | "notice"
  | "image"
  | "file"
  | "audio"
  | "video"
  | "redacted"
  | "undecryptable";

export interface TranscriptEntry {
  event_id: string;
  sender: { user_id: string; name: string; kind: "patient" | "operator" | "system" };
  sent_at: string;
  kind: TranscriptKind;
  body: string;
  reply_to: string | null;
  edited: boolean;
  file: ArchivedFile | null;
  trust: string | null;
}

export interface ArchiveRow {
  consultation: ConsultationRow;
  sequence: number;
  sealed_at: string;
  message_count: number;
  file_count: number;
}

export interface ArchiveRecord extends ArchiveRow {
  transcript: TranscriptEntry[];
  files: ArchivedFile[];
  chain: { sequence: number; hash: string; previous_hash: string; signature_valid: boolean };
}

export interface AuditEntry {
  sequence: number;
  at: string;
  actor: { user_id: string; name: string; role: Role | "system" };
  action: string;
  subject: { kind: string; id: string };
  detail: Record<string, unknown>;
  hash: string;
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
}

export type ConsultationView = "waiting" | "mine" | "active" | "on_hold" | "ended" | "all";
export type ConsultationSort = "waiting" | "newest" | "oldest" | "patient";

/** `GET /.well-known/consilium/brand.json`, by the Host that asked. */
export interface PublicBrand {
  id: string;
  name: string;
  legal_name: string;
  app: "patient" | "console";
  languages: string[];
  default_language: string;
  country: string;
  time_zone: string;
  currency: string;
  /** Hexadecimal; light and dark roles are derived from them by `kit/brand`. */
  colors: { brand: string; accent: string };
  logo_url: string;
  logo_dark_url: string | null;
  icon_url: string;
  /** By locale, then by key: home.greeting, home.title, emergency, trust.statement, consent, … */
  texts: Record<string, Record<string, string>>;
  features: { registration: boolean; attachments: boolean; voice_messages: boolean; calls: boolean };
  contacts: {
    phone: string | null;
    email: string | null;
    address: string | null;
    emergency_phone: string | null;
  };
  legal: { id: string; title: Record<string, string>; version: string; url: string }[];
  server: {
    server_name: string;
    homeserver_url: string;
    consult_url: string;
    patient_url: string;
    console_url: string;
    keeper_user_id: string;
    keeper_master_key: string | null;
  };
}
