/** Keys of the words for how a call ended, seen from one side. Plain functions; the words stand under `call` of the kit. */
import type { Call, CallSide, CallTrouble } from "../../api/index.ts";
import type { CallEnd, CallFailure, DeviceTrouble } from "../../calls/index.ts";
import type { CallItem } from "../../matrix/types.ts";

/** Key of the title on the screen that a call leaves behind. */
export function endTitle(call: Pick<Call, "caller_side">, why: CallEnd, side: CallSide): string {
  switch (why) {
    case "completed":
    case "lost":
    case "elsewhere":
    case "removed":
      return `call.end.${why}`;
    case "declined":
    case "missed":
    case "cancelled":
    case "busy":
      return `call.end.${why}${call.caller_side === side ? "ByMe" : "ToMe"}`;
  }
}

/** Key of the line in the conversation; `side` of the reader, `null` where nobody's is meant. */
export function lineTitle(
  item: Pick<CallItem, "call" | "callerSide" | "outcome">,
  side: CallSide | null,
): string {
  if (item.outcome === "completed")
    return item.call === "video" ? "callLine.completedVideo" : "callLine.completedAudio";
  if (item.outcome === "lost") return "callLine.lost";
  if (side === null) return `callLine.${item.outcome}`;
  return `callLine.${item.outcome}${item.callerSide === side ? "ByMe" : "ToMe"}`;
}

/** Somebody wanted to talk and did not: worth another try. */
export function isUnanswered(outcome: CallItem["outcome"]): boolean {
  return outcome !== "completed";
}

const TROUBLES: readonly string[] = [
  "denied",
  "absent",
  "busy",
  "insecure",
  "unknown",
] satisfies DeviceTrouble[];

/** Whether it is the microphone or the camera that keeps a call from coming about. */
export function isDeviceTrouble(failure: CallFailure | CallTrouble): failure is DeviceTrouble {
  return TROUBLES.includes(failure);
}
