/** The archive: sealed consultations, their transcript, files and seal. */
export { ArchiveListView } from "./ArchiveListView.tsx";
export { ArchiveRecordView } from "./ArchiveRecordView.tsx";
export { PatientFiles } from "./PatientFiles.tsx";
