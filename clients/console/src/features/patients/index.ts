/** Patients: the list, the card and its editing. */
export { PatientDialog } from "./PatientDialog.tsx";
export { PatientPanel } from "./PatientPanel.tsx";
export { PatientsView } from "./PatientsView.tsx";
