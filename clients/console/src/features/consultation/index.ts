/** The conversation pane: queue card, talk, tabs, transfer, invitation, undo. */

export { ConsultationAnswers } from "./ConsultationAnswers.tsx";
export { ConsultationCalls } from "./ConsultationCalls.tsx";
export { ConsultationHistory } from "./ConsultationHistory.tsx";
export { ConsultationPane } from "./ConsultationPane.tsx";
export { ConsultationPeople } from "./ConsultationPeople.tsx";
export { ConsultationTabs } from "./ConsultationTabs.tsx";
export { CorrectWhom } from "./CorrectWhom.tsx";
export { InviteDialog } from "./InviteDialog.tsx";
export { NoConsultation } from "./NoConsultation.tsx";
export { TakeOverDialog } from "./TakeOverDialog.tsx";
export { TransferDialog } from "./TransferDialog.tsx";
export { UndoBars } from "./UndoBars.tsx";
export { WhomDialog } from "./WhomDialog.tsx";
