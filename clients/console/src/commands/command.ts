/**
 * A command: one value behind a button, a shortcut, a menu item and a palette entry.
 *
 * Commands decide from a plain `CommandContext` whether they are allowed and what they are called now; what they do is
 * one call of `CommandEffects`, which the desk provides. No command touches the network or the page by itself.
 */
import type { OperatorStatus, Phase } from "@consilium/kit/api";
import type { Section } from "../live/sections.ts";
import type { Shortcut } from "./shortcut.ts";

/** The consultation that commands act on: the one open in the conversation pane, else the row chosen in the list. */
export interface CommandTarget {
  readonly id: string;
  readonly phase: Phase;
  /** The signed-in operator leads it. */
  readonly mine: boolean;
  /** A close or a take is under way: nothing else may start. */
  readonly busy: boolean;
  /** Its conversation can be written to now. */
  readonly writable: boolean;
}

export interface CommandContext {
  readonly role: "operator" | "supervisor";
  readonly section: Section;
  readonly target: CommandTarget | null;
  readonly tabs: number;
  readonly listLength: number;
  readonly announced: number;
  readonly undoable: boolean;
  readonly writing: boolean;
  readonly status: OperatorStatus;
}

export interface CommandEffects {
  readonly take: (id: string) => void;
  readonly reply: () => void;
  readonly hold: (id: string) => void;
  readonly resume: (id: string) => void;
  readonly close: (id: string) => void;
  readonly askTransfer: (id: string) => void;
  readonly undo: () => void;
  readonly moveInList: (step: 1 | -1) => void;
  readonly moveInTabs: (step: 1 | -1) => void;
  readonly closeTab: () => void;
  readonly showAnnounced: () => void;
  readonly focusSearch: () => void;
  readonly leaveText: () => void;
  readonly movePane: (step: 1 | -1) => void;
  readonly go: (section: Section) => void;
  readonly toggleCard: () => void;
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly openStatus: () => void;
  readonly openSettings: () => void;
  readonly setStatus: (status: OperatorStatus) => void;
  readonly toggleDensity: () => void;
  readonly toggleTheme: () => void;
  readonly testSound: () => void;
  readonly addOperator: () => void;
  readonly signOut: () => void;
}

export type CommandGroup = "consultation" | "list" | "go" | "status" | "desk";

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
