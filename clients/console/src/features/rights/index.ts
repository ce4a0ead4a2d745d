/** A patient’s rights over what is kept of him, at his written request: a copy of everything, and the end of his account. For supervisors. */
export { DeleteDialog } from "./DeleteDialog.tsx";
export { PatientRights } from "./PatientRights.tsx";
