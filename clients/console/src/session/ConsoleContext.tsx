/** The signed-in console for the views below it. */
import type { Cell } from "@consilium/kit/matrix";
import { createContext, use } from "react";
import type { ConsultationActions } from "../live/actions.ts";
import type { CallbackActions } from "../live/callback-actions.ts";
import type { PrefsStore } from "../settings/prefs.ts";
import type { Console } from "./console.ts";

export interface ConsoleValue extends Console {
  readonly actions: ConsultationActions;
  readonly callbackActions: CallbackActions;
  readonly prefs: PrefsStore;
  /** The password of a sign-in a moment ago, for setting keys up; null after a reload and as soon as it has served. */
  readonly freshPassword: Cell<string | null>;
  readonly signOut: () => void;
}

export const ConsoleContext = createContext<ConsoleValue | null>(null);

export function useConsole(): ConsoleValue {
  const value = use(ConsoleContext);
  if (value === null) throw new Error("useConsole outside a signed-in console");
  return value;
}
