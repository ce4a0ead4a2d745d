/** What the desk's parts tell one another: the list on the screen, the dialog in front, where the composer is. */
import type {
  BulkRequest,
  CallKind,
  Canned,
  ConsultationRow,
  FollowUp,
  LegalHold,
  SavedView,
} from "@consilium/kit/api";
import type { CallFailure } from "@consilium/kit/calls";
import type { Cell } from "@consilium/kit/matrix";
import type { CardTabs } from "../live/card-tabs.ts";
import type { Tabs } from "../live/tabs.ts";
import type { ViewQuery } from "../live/views.ts";
import type { Navigation } from "../router/usePlace.ts";

/** The list of the section on the screen, as commands drive it. A new value whenever one of its numbers changes. */
export interface ListHandle {
  readonly length: number;
  readonly announced: number;
  readonly step: (step: 1 | -1) => void;
  readonly showAnnounced: () => void;
  readonly focusSearch: () => void;
}

export type DialogState =
  | { readonly kind: "none" }
  | { readonly kind: "transfer"; readonly consultationId: string }
  /** Devices before a call, and the call. */
  | { readonly kind: "call"; readonly consultationId: string; readonly call: CallKind }
  /** The same before the patient of a call-back is called. */
  | { readonly kind: "call-back"; readonly callbackId: string; readonly call: CallKind }
  | { readonly kind: "invite"; readonly consultationId: string }
  | { readonly kind: "take-over"; readonly consultationId: string }
  /** For whom a consultation is. */
  | { readonly kind: "whom"; readonly consultationId: string }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "settings" }
  | { readonly kind: "keys" }
  | { readonly kind: "reason"; readonly status: "away" | "break" }
  /** What becomes of what one leads, before one goes. */
  | { readonly kind: "leave"; readonly status: "going_off" | "offline"; readonly signsOut: boolean }
  | { readonly kind: "operator"; readonly operatorId: string | null }
  | { readonly kind: "patient"; readonly patientId: string }
  /** One who is to be made; his invitation afterwards; what the desk begins for him. */
  | { readonly kind: "new-patient" }
  | { readonly kind: "invitation"; readonly about: AboutPatient }
  | ({ readonly kind: "open-for" } & OpenForWish)
  /** Two cards of one human; and apart again. */
  | { readonly kind: "merge"; readonly wish: MergeWish }
  | { readonly kind: "separate"; readonly wish: SeparateWish }
  | { readonly kind: "canned" }
  /** A macro before it runs; null: which one is asked first. */
  | { readonly kind: "macro"; readonly consultationId: string; readonly macroId: string | null }
  /** The brand's macros themselves. */
  | { readonly kind: "macro-settings" }
  /** One act on the rows that are chosen. */
  | { readonly kind: "bulk"; readonly wish: BulkWish }
  /** Which tags a consultation has. */
  | { readonly kind: "tags"; readonly consultationId: string }
  /** What stands in the brand's own fields of a consultation; `closing`: it is to be closed when what its queue asks for stands there. */
  | { readonly kind: "fields"; readonly consultationId: string; readonly closing: boolean }
  /** Coming back to somebody at a time. */
  | { readonly kind: "follow-up"; readonly wish: FollowUpWish }
  /** The brand's tags themselves. */
  | { readonly kind: "tag-settings" }
  /** The list on the screen under a name. */
  | { readonly kind: "save-view"; readonly query: ViewQuery; readonly name: string }
  /** A saved view: what it is called, who sees it. */
  | { readonly kind: "view"; readonly viewId: string }
  /** All saved views. */
  | { readonly kind: "views" }
  /** A legal hold on a record, or on all records of a patient. */
  | { readonly kind: "hold"; readonly on: HoldOn; readonly name: string }
  | { readonly kind: "lift-hold"; readonly hold: LegalHold }
  | { readonly kind: "erase-record"; readonly wish: EraseWish }
  /** The end of a patient’s account. */
  | { readonly kind: "delete-account"; readonly patientId: string }
  | { readonly kind: "api-key"; readonly keyId: string | null }
  | { readonly kind: "webhook"; readonly webhookId: string | null };

/** What can be done to several at once. */
export type BulkKind = "assign" | "add_tag" | "remove_tag" | "raise" | "lower" | "macro" | "export";

/** An act on rows that are chosen, as they stood then; `settle` is told which of them it is done with. */
export type BulkWish = { readonly settle: (done: readonly string[]) => void } & (
  | { readonly of: "consultations"; readonly kind: BulkKind; readonly rows: readonly ConsultationRow[] }
  | {
      readonly of: "patients";
      readonly kind: "export";
      readonly rows: readonly { readonly id: string; readonly name: string }[];
    }
);

/** What was just done to several, and the act that takes it back. */
export interface BulkDone {
  readonly kind: BulkKind;
  readonly ids: readonly string[];
  readonly back: BulkRequest["act"];
}

/** Whose card it is. */
export interface AboutPatient {
  readonly patientId: string;
  readonly name: string;
}

/** What the desk begins for a patient who asked by telephone or at the counter. */
export interface OpenForWish {
  readonly what: "consultation" | "callback";
  readonly about: AboutPatient;
}

/** About what a follow-up is made, or which is changed. */
export type FollowUpWish =
  | { readonly consultationId: string }
  | { readonly patientId: string; readonly name: string }
  | { readonly followUp: FollowUp };
/** A card that is to be merged with another one. */
export interface MergeWish {
  readonly patientId: string;
  /** The other card; null: it is looked for. */
  readonly otherId: string | null;
}

/** Two cards that are two people's. */
export interface DismissedPair {
  readonly patientId: string;
  readonly otherId: string;
  /** Whose the other card is. */
  readonly name: string;
}

/** A merge that is to end. */
export interface SeparateWish {
  /** The card that shows both. */
  readonly patientId: string;
  readonly mergeId: string;
}

/** On what a legal hold is put. */
export type HoldOn = { readonly consultationId: string } | { readonly patientId: string };

/** A record that is to be erased by hand. */
export interface EraseWish {
  readonly consultationId: string;
  /** Whose record, by name. */
  readonly name: string;
  /** Which, in words. */
  readonly about: string;
}

/** What is being written down about a call-back, in its card. */
export type CallbackForm = "done" | "no-answer" | "later" | "cancel" | "note";

export interface Desk extends Navigation {
  readonly tabs: Tabs;
  readonly showTab: (id: string) => void;
  readonly closeTab: (id: string) => void;
  readonly list: Cell<ListHandle | null>;
  readonly dialog: Cell<DialogState>;
  readonly statusMenu: Cell<boolean>;
  /** Puts the cursor into the composer; null while nobody can write. */
  readonly composer: Cell<(() => void) | null>;
  /** Begins to look for words in the talk in front; null where there is none. */
  readonly finder: Cell<(() => void) | null>;
  /** Opens the notes of what is in front and puts the cursor into their field; null where there are none. */
  readonly noteField: Cell<(() => void) | null>;
  /** On a screen without room for a card pane: the card lies over the rest. */
  readonly cardDrawer: Cell<boolean>;
  /** What the card beside a consultation shows, for each patient. */
  readonly cardTabs: Cell<CardTabs>;
  /** The consultation whose close waits for its conclusion; null: none. */
  readonly closeWaits: Cell<string | null>;
  readonly callbackForm: Cell<CallbackForm | null>;
  /** The view that was just removed, for as long as one press brings it back. */
  readonly removedView: Cell<SavedView | null>;
  /** The canned reply that was just removed, for as long as one press makes it again. */
  readonly removedReply: Cell<Canned | null>;
  /** The cards that were just said to be two people's, for as long as one press takes it back. */
  readonly dismissedPair: Cell<DismissedPair | null>;
  /** What was just done to several, for as long as one press takes it back. */
  readonly bulkDone: Cell<BulkDone | null>;
  /** The press that takes back what the bar at the bottom says; null: there is no such bar. */
  readonly takeBack: Cell<(() => void) | null>;
  readonly callPanel: Cell<CallPanelPlace>;
  /** Why the last call did not come about, until it was read. */
  readonly callFailure: Cell<CallFailure | null>;
}

/** `docked`: a part of the desk; `floating`: a window of its own, or where the browser has none, over the desk. */
export type CallPanelPlace = "docked" | "floating";

export const NO_DIALOG: DialogState = { kind: "none" };
