/** Props of the shared components: the surface that both apps build on. Words come from the `kit` namespace. */
import type { ReactNode } from "react";
import type {
  ConnectionState,
  FileBody,
  Files,
  MessageItem,
  ReplyPreview,
  TextDraft,
  TimelineItem,
  TimelineSnapshot,
} from "../matrix/types.ts";
import type { OnReact } from "./reactions/Reactions.tsx";
import type { SuggestSource } from "./suggest.ts";
import type { VoiceUse } from "./voice/useVoice.ts";

/** `calm`: the patient's large controls; `dense`: the console's. Set once by `UiDensity`, never guessed from the screen. */
export type Density = "calm" | "dense";

export interface MessageListProps {
  snapshot: TimelineSnapshot;
  files: Files;
  onLoadEarlier: () => void;
  /** The last message is on screen and the page has focus. */
  onSeen: () => void;
  onReply?: (message: MessageItem) => void;
  onEdit?: (message: MessageItem) => void;
  onRedact?: (message: MessageItem) => void;
  onReact?: OnReact;
  onRetry: (key: string) => void;
  onCancel: (key: string) => void;
  /** Asks the clinic for the history again. */
  onRequestHistory: () => void;
  /** Folds or unfolds a finished consultation. */
  onToggleClosed?: (consultationId: string) => void;
  /** Replaces the drawing of an item (the patient's folded consultations); `null` falls back. */
  renderItem?: (item: TimelineItem) => ReactNode | null;
  /** Shown when the conversation is new. */
  empty?: ReactNode;
  /** Accessible name of the list: «Conversation with …». */
  label: string;
  /** A message to bring into sight; a new value brings it again. */
  shown?: { readonly key: string } | null;
}

export interface ComposerProps {
  draft: TextDraft;
  onDraft: (draft: TextDraft) => void;
  /** Sends the text and what is attached. */
  onSend: (draft: TextDraft) => void;
  /** Files that wait for the send button. */
  attached: readonly File[];
  onAttach: (files: File[]) => void;
  onDetach: (file: File) => void;
  onTyping: (typing: boolean) => void;
  reply: ReplyPreview | null;
  onCancelReply: () => void;
  /** An edit in progress: the text under change. */
  editing?: { eventId: string; text: string } | null;
  onCancelEdit?: () => void;
  disabled?: boolean;
  /** What is said when nobody can write: «Closed. A new message opens it again.» */
  disabledReason?: string;
  attachments: boolean;
  /** Enter sends on a desk; on a phone Enter is a new line. */
  enterSends?: boolean;
  placeholder?: string;
  /** Voice messages, where they can be recorded. */
  voice?: VoiceUse | null;
  /** Beside the send button. */
  extra?: ReactNode;
  /** What is suggested while one writes. */
  suggest?: SuggestSource;
  /** Why the text cannot be sent as it stands; null: it can. */
  unfinished?: (text: string) => string | null;
}

export interface FileTileProps {
  file: FileBody;
  files: Files;
  /** While it goes up: 0..1. */
  progress?: number | null;
  onCancel?: () => void;
}

export interface AvatarProps {
  name: string;
  size?: "xs" | "sm" | "md" | "lg" | "xl";
  online?: boolean;
}

export interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text?: string;
  action?: { label: string; onClick: () => void };
}

export interface ErrorNoticeProps {
  /** What happened. */
  title: string;
  /** What it means for you. */
  text?: string;
  action?: { label: string; onClick: () => void; loading?: boolean };
  tone?: "danger" | "warning" | "info";
}

export interface ConnectionBannerProps {
  state: ConnectionState;
  onRetry: () => void;
}

export interface SkeletonListProps {
  rows?: number;
  /** Height of a row in pixels. */
  rowHeight?: number;
  label: string;
}
