/** The operator's own status: menu, reason, heartbeat. */
export { ReasonDialog } from "./ReasonDialog.tsx";
export { StatusMenu } from "./StatusMenu.tsx";
export { useHeartbeat, useStatus } from "./useStatus.ts";
export { WrapUp } from "./WrapUp.tsx";
