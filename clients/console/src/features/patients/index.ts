/**
 * Patients: the list, the card and its editing; who is made by the desk, and his invitation; the cards of whom they act for; two cards of one human, or of two.
 */
export { DismissedBar } from "./DismissedBar.tsx";
export { InvitationDialog } from "./InvitationDialog.tsx";
export { MergeDialog } from "./MergeDialog.tsx";
export { NewPatientDialog } from "./NewPatientDialog.tsx";
export { OpenForDialog } from "./OpenForDialog.tsx";
export { PatientDialog } from "./PatientDialog.tsx";
export { PatientPanel } from "./PatientPanel.tsx";
export { PatientsView } from "./PatientsView.tsx";
export { PersonPanel } from "./PersonPanel.tsx";
export { SeparateDialog } from "./SeparateDialog.tsx";
