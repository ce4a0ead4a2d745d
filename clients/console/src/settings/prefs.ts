/** The operator's own settings of this browser: plain values, read and written as one JSON. Keys go with his account besides (`profile-keys.ts`). */

import { Cell } from "@consilium/kit/matrix";
import { type OwnBindings, parseBindings } from "../commands/bindings.ts";

export type RowDensity = "comfortable" | "dense";

export interface Prefs {
  readonly density: RowDensity;
  /** 0 is silent, 1 is loudest. */
  readonly volume: number;
  /** The desk was heard in this browser: it need not ask whether it can be. */
  readonly soundHeard: boolean;
  readonly notifications: boolean;
  /** Keys without a modifier (T, J, K …) act as shortcuts. WCAG 2.1.4 wants a way to turn them off. */
  readonly singleKeys: boolean;
  readonly cardOpen: boolean;
  /** Keys that the operator chose for commands. */
  readonly bindings: OwnBindings;
  /** Whose keys these are: the account that had them last in this browser; null: they are from before accounts had them. */
  readonly keysOf: string | null;
  readonly listWidth: number;
  /** Up to when one has read what was taken while the console was silent; RFC 3339. */
  readonly returnedSeen: string | null;
}

export const DEFAULT_PREFS: Prefs = {
  density: "comfortable",
  volume: 0.6,
  soundHeard: false,
  notifications: true,
  singleKeys: true,
  cardOpen: true,
  bindings: {},
  keysOf: null,
  listWidth: 340,
  returnedSeen: null,
};

export const LIST_WIDTH = { min: 260, max: 560 } as const;

const KEPT = "consilium.console.prefs";

function within(value: unknown, min: number, max: number, otherwise: number): number {
  return typeof value === "number" && Number.isFinite(value)
    ? Math.min(max, Math.max(min, value))
    : otherwise;
}

/** Settings from storage; each field that makes no sense is the default one. */
export function parsePrefs(text: string | null): Prefs {
  let raw: Record<string, unknown> = {};
  try {
    const value: unknown = text === null ? {} : JSON.parse(text);
    if (typeof value === "object" && value !== null) raw = value as Record<string, unknown>;
  } catch {
    // Written by another version or by hand: the defaults are right.
  }
  const flag = (name: "soundHeard" | "notifications" | "singleKeys" | "cardOpen") =>
    typeof raw[name] === "boolean" ? raw[name] : DEFAULT_PREFS[name];
  return {
    density: raw.density === "dense" ? "dense" : "comfortable",
    volume: within(raw.volume, 0, 1, DEFAULT_PREFS.volume),
    soundHeard: flag("soundHeard"),
    notifications: flag("notifications"),
    singleKeys: flag("singleKeys"),
    cardOpen: flag("cardOpen"),
    bindings: parseBindings(raw.bindings),
    keysOf: typeof raw.keysOf === "string" ? raw.keysOf : DEFAULT_PREFS.keysOf,
    listWidth: within(raw.listWidth, LIST_WIDTH.min, LIST_WIDTH.max, DEFAULT_PREFS.listWidth),
    returnedSeen:
      typeof raw.returnedSeen === "string" && !Number.isNaN(Date.parse(raw.returnedSeen))
        ? raw.returnedSeen
        : DEFAULT_PREFS.returnedSeen,
  };
}

export class PrefsStore {
  readonly prefs: Cell<Prefs>;
  private readonly storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.storage = storage;
    this.prefs = new Cell(parsePrefs(storage.getItem(KEPT)));
  }

  change(change: Partial<Prefs>): void {
    const next = { ...this.prefs.get(), ...change };
    this.prefs.set(next);
    this.storage.setItem(KEPT, JSON.stringify(next));
  }
}
