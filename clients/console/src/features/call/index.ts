/** Calls in the console: the docked or floating panel, devices before a call, what rings, the list of calls. */
export { CallDock } from "./CallDock.tsx";
export { CallRecordPanel } from "./CallRecordPanel.tsx";
export { CallsView } from "./CallsView.tsx";
export { DevicesDialog } from "./DevicesDialog.tsx";
export { IncomingPanel } from "./IncomingPanel.tsx";
export { PatientCalls } from "./PatientCalls.tsx";
export { useCallEffects, useCommandCall, useFreshCalls } from "./useCallCommands.ts";
