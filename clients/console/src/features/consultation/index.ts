/** The conversation pane: queue card, talk, tabs, transfer, undo. */

export { ConsultationCalls } from "./ConsultationCalls.tsx";
export { ConsultationHistory } from "./ConsultationHistory.tsx";
export { ConsultationPane } from "./ConsultationPane.tsx";
export { ConsultationTabs } from "./ConsultationTabs.tsx";
export { TransferDialog } from "./TransferDialog.tsx";
export { UndoBars } from "./UndoBars.tsx";
