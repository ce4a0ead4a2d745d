/**
 * A command: one value behind a button, a shortcut, a menu item and a palette entry.
 *
 * Commands decide from a plain `CommandContext` whether they are allowed and what they are called now; what they do is
 * one call of `CommandEffects`, which the desk provides. No command touches the network or the page by itself.
 */
import type { CallbackPhase, CallKind, OperatorStatus, Phase } from "@consilium/kit/api";
import type { CallbackForm } from "../desk/desk.ts";
import type { Section } from "../live/sections.ts";
import type { Shortcut } from "./shortcut.ts";

/** The consultation that commands act on: the one open in the conversation pane, else the row chosen in the list. */
export interface CommandTarget {
  readonly id: string;
  readonly phase: Phase;
  /** The signed-in operator leads it. */
  readonly mine: boolean;
  /** The signed-in operator was asked in by its lead. */
  readonly guest: boolean;
  /** A close or a take is under way: nothing else may start. */
  readonly busy: boolean;
  /** Its conversation can be written to now. */
  readonly writable: boolean;
  /** It waits, and no colleague is being asked for it. */
  readonly mayTake: boolean;
  /** Its conclusion can be written or read. */
  readonly conclusion: boolean;
  /** It cannot be closed before its conclusion is signed. */
  readonly needsConclusion: boolean;
  /** It cannot be closed before fields of the brand's own are filled in. */
  readonly needsFields: boolean;
}

/** The call-back whose card is open. */
export interface CommandCallback {
  readonly id: string;
  readonly phase: CallbackPhase;
  /** Nobody has it, and this operator may. */
  readonly mayTake: boolean;
  /** This operator has it, or may act on it as a supervisor. */
  readonly mayDirect: boolean;
  /** This operator has it. */
  readonly mine: boolean;
  readonly hasPhone: boolean;
  /** Its patient can be called in the app now. */
  readonly mayCall: boolean;
  /** This operator may begin a consultation in its conversation: none is open there. */
  readonly mayConsult: boolean;
  readonly open: boolean;
  readonly busy: boolean;
}

/** Where the call of this console stands, and what the consultation in front allows. */
export interface CommandCall {
  readonly at: "none" | "ringing" | "calling" | "in";
  /** The patient of the consultation in front may be called. */
  readonly mayStart: boolean;
  /** A call is on in it, without this operator. */
  readonly mayJoin: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly mayShareScreen: boolean;
  readonly floats: boolean;
  /** Its consultation is this operator's to ask colleagues into. */
  readonly mayInvite: boolean;
}

export interface CommandContext {
  readonly role: "operator" | "supervisor";
  readonly section: Section;
  readonly target: CommandTarget | null;
  readonly callback: CommandCallback | null;
  readonly tabs: number;
  readonly listLength: number;
  readonly announced: number;
  /** Saved views that this operator sees. */
  readonly views: number;
  /** The list on the screen has filters or an order that can be kept as a view. */
  readonly keepable: boolean;
  /** Id of the consultation that is offered to this operator just now. */
  readonly offer: string | null;
  /** What was just done can be taken back by one press. */
  readonly undoable: boolean;
  /** A close is about to be sent, and a note can go with it. */
  readonly closes: boolean;
  /** The card of a row lies beside its table, and nothing is being written in it. */
  readonly details: boolean;
  readonly writing: boolean;
  /** There is a talk in front in which words can be looked for. */
  readonly findable: boolean;
  /** Notes can be written on what is in front. */
  readonly notes: boolean;
  readonly status: OperatorStatus;
  /** He winds up after a call: nobody is offered to him. */
  readonly windsUp: boolean;
  readonly call: CommandCall;
}

export interface CommandEffects {
  readonly take: (id: string) => void;
  /** Leaves what is offered to others. */
  readonly pass: (id: string) => void;
  readonly takeCallback: (id: string) => void;
  readonly releaseCallback: (id: string) => void;
  /** Says that the operator calls by telephone. */
  readonly telephoneCallback: (id: string) => void;
  readonly openConsultation: (callbackId: string) => void;
  readonly askOfCallback: (form: CallbackForm) => void;
  readonly reply: () => void;
  readonly note: () => void;
  /** Looks for words in the talk. */
  readonly find: () => void;
  readonly askTags: (id: string) => void;
  /** Asks for the fields of a consultation; `closing`: those that its queue asks for come first, and then it is closed. */
  readonly askFields: (id: string, closing: boolean) => void;
  /** Asks when somebody is to come back to a consultation. */
  readonly askFollowUp: (id: string) => void;
  readonly openCanned: () => void;
  /** Asks which macro is to run on a consultation. */
  readonly chooseMacro: (id: string) => void;
  readonly openMacroSettings: () => void;
  readonly openTagSettings: () => void;
  readonly hold: (id: string) => void;
  readonly resume: (id: string) => void;
  readonly close: (id: string) => void;
  /** Opens the conclusion beside the talk; `closing`: because the close waits for it. */
  readonly openConclusion: (id: string, closing: boolean) => void;
  readonly askTransfer: (id: string) => void;
  /** Answers what rings, joins what is on, else asks for devices and calls. */
  readonly call: (kind: CallKind) => void;
  readonly declineCall: () => void;
  readonly hangUp: () => void;
  readonly toggleMicrophone: () => void;
  readonly toggleCamera: () => void;
  readonly toggleScreen: () => void;
  /** Opens the microphone for as long as the key is held. */
  readonly holdToTalk: () => void;
  readonly moveCall: () => void;
  readonly inviteIntoCall: () => void;
  readonly askInvite: (id: string) => void;
  readonly leaveConsultation: (id: string) => void;
  /** The supervisor comes in as an observer. */
  readonly watch: (id: string) => void;
  readonly askTakeOver: (id: string) => void;
  readonly undo: () => void;
  /** Asks for a note to go with the close that is about to be sent. */
  readonly noteOfClose: () => void;
  readonly moveInList: (step: 1 | -1) => void;
  readonly moveInTabs: (step: 1 | -1) => void;
  readonly closeTab: () => void;
  readonly showAnnounced: () => void;
  readonly focusSearch: () => void;
  readonly leaveText: () => void;
  /** Back from a row's card to its table. */
  readonly closeDetails: () => void;
  readonly movePane: (step: 1 | -1) => void;
  readonly go: (section: Section) => void;
  /** Opens a saved view by its place in the operator's order, from 0. */
  readonly goView: (place: number) => void;
  /** Asks for a name for the list on the screen. */
  readonly saveView: () => void;
  readonly openViews: () => void;
  readonly toggleCard: () => void;
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly openStatus: () => void;
  readonly openSettings: () => void;
  readonly setStatus: (status: OperatorStatus) => void;
  /** Ends the wrap-up after a call. */
  readonly ready: () => void;
  readonly toggleDensity: () => void;
  readonly toggleTheme: () => void;
  /** The wallboard alone on the whole screen, and back. */
  readonly toggleFullScreen: () => void;
  readonly testSound: () => void;
  readonly addOperator: () => void;
  /** Makes a patient and invites him. */
  readonly addPatient: () => void;
  readonly addWebhook: () => void;
  readonly addApiKey: () => void;
  readonly signOut: () => void;
}

export type CommandGroup = "consultation" | "callback" | "call" | "list" | "go" | "status" | "desk";

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  /** Key of the label under `console.command`; may depend on the target ("Hold" or "Resume"). */
  readonly label: (context: CommandContext) => string;
  readonly shortcut: Shortcut | null;
  /** Other words by which the palette finds it, a key under `console.keywords`. */
  readonly keywords?: string;
  /** May go on while the key is held down. */
  readonly repeats?: true;
  readonly isAllowed: (context: CommandContext) => boolean;
  readonly run: (context: CommandContext, effects: CommandEffects) => void;
}
