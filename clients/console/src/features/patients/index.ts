/** Patients: the list, the card and its editing; the cards of whom they act for. */
export { PatientDialog } from "./PatientDialog.tsx";
export { PatientPanel } from "./PatientPanel.tsx";
export { PatientsView } from "./PatientsView.tsx";
export { PersonPanel } from "./PersonPanel.tsx";
