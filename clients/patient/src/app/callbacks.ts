/** What the screens say of call-backs. Plain functions; the words stand under `callback`. */
import type { Callback, CallbackOffer, Service } from "@consilium/kit/api";

const NO_OFFER: CallbackOffer = { available: false, offered: false, reason: null };

export function offerOf({ callback }: Pick<Service, "callback">): CallbackOffer {
  return callback ?? NO_OFFER;
}

export function isOpenCallback({ phase }: Pick<Callback, "phase">): boolean {
  return phase === "new" || phase === "taken" || phase === "calling" || phase === "no_answer";
}

/** Open ones, that which is called first on top. */
export function openCallbacks(callbacks: readonly Callback[]): Callback[] {
  const rank = ({ phase }: Callback) => (phase === "calling" ? 0 : 1);
  return callbacks
    .filter(isOpenCallback)
    .sort((a, b) => rank(a) - rank(b) || a.due_at.localeCompare(b.due_at));
}

export function callbackIn(callbacks: readonly Callback[], conversationId: string): Callback | null {
  return openCallbacks(callbacks).find(({ conversation_id: id }) => id === conversationId) ?? null;
}

/** Until somebody calls. */
export function canMove({ phase }: Pick<Callback, "phase">): boolean {
  return phase === "new" || phase === "taken" || phase === "no_answer";
}

/** Key of what happens with it, as the largest words on its screen; `name` of the operator where one has it. */
export function titleKey(callback: Callback): string {
  switch (callback.phase) {
    case "new":
      return "callback.title.new";
    case "taken":
      return callback.operator === null ? "callback.title.new" : "callback.title.taken";
    case "calling":
      return callback.operator === null ? "callback.title.calling" : "callback.title.callingBy";
    case "no_answer":
      return "callback.title.no_answer";
    case "done":
    case "cancelled":
    case "archived":
      return callback.ending === "cancelled"
        ? "callback.title.cancelled"
        : `callback.title.${callback.outcome ?? "answered"}`;
  }
}

/** What stands under it: when one is called, or what to do. */
export type WhenLine =
  | { kind: "window"; start: string; end: string }
  | { kind: "soon"; until: string }
  /** Nobody called in time. */
  | { kind: "late" }
  | { kind: "again"; at: string }
  | { kind: "answer"; by: "app" | "telephone" }
  | { kind: "ended"; at: string };

export function whenLine(callback: Callback, now: number): WhenLine {
  const { phase, window, due_at: due, again_at: again, ended_at: ended } = callback;
  if (!isOpenCallback(callback)) return { kind: "ended", at: ended ?? callback.phase_since };
  if (phase === "calling") return { kind: "answer", by: callback.means ?? "telephone" };
  if (phase === "no_answer" && again !== null && Date.parse(again) > now) return { kind: "again", at: again };
  if (Date.parse(due) < now) return { kind: "late" };
  if (phase !== "no_answer" && window !== null) return { kind: "window", ...window };
  return { kind: "soon", until: due };
}
