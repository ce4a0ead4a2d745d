/** A call of a sealed consultation, as the line draws it that the dialogue had. Plain. */
import type { ArchivedCall } from "../../api/index.ts";
import type { CallItem } from "../../matrix/types.ts";

/** It stands where it ended, as in the dialogue; nothing can be done to it. */
export function sealedCall(call: ArchivedCall): CallItem {
  return {
    kind: "call",
    key: call.id,
    callId: call.id,
    consultationId: null,
    call: call.kind,
    callerSide: call.caller.kind === "patient" ? "patient" : "staff",
    outcome: call.outcome,
    seconds: call.talked_seconds,
    at: Date.parse(call.ended_at),
    isLatest: false,
  };
}
