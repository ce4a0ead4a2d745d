/** The operator's own status: menu, reason, heartbeat, going, and what was taken meanwhile. */
export { LeaveDialog } from "./LeaveDialog.tsx";
export { leaves } from "./model.ts";
export { ReasonDialog } from "./ReasonDialog.tsx";
export { ReturnedLines } from "./ReturnedLines.tsx";
export { StatusMenu } from "./StatusMenu.tsx";
export { useHeartbeat, useStatus } from "./useStatus.ts";
export { WrapUp } from "./WrapUp.tsx";
