/** Rows of the live board as a list of pages has them: all here at once, or on their way, or not to be had. */
import { useDeskState } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import type { Listed } from "./ListBody.tsx";

const nothing = () => undefined;

/** `known`: how many the board has before any filter; what it has is shown also while it is read again. */
export function useLiveList<T>(items: readonly T[], known: number): Listed<T> {
  const { desk } = useConsole();
  const state = useDeskState();
  const missing = known === 0 && state.status !== "ready";
  return {
    items,
    total: items.length,
    status: !missing ? "success" : state.status === "loading" ? "pending" : "error",
    error: state.status === "failed" ? state.problem : null,
    fetching: false,
    more: nothing,
    refetch: () => void desk.reload(),
  };
}
