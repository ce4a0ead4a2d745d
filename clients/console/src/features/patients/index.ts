/** Patients: the list, the card and its editing; the cards of whom they act for; two cards of one human, or of two. */
export { DismissedBar } from "./DismissedBar.tsx";
export { MergeDialog } from "./MergeDialog.tsx";
export { PatientDialog } from "./PatientDialog.tsx";
export { PatientPanel } from "./PatientPanel.tsx";
export { PatientsView } from "./PatientsView.tsx";
export { PersonPanel } from "./PersonPanel.tsx";
export { SeparateDialog } from "./SeparateDialog.tsx";
