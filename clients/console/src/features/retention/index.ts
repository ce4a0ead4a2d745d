/** The archive's end: what goes, legal holds, erasure by hand and its certificate. */
export { DueListView } from "./DueListView.tsx";
export { EraseDialog } from "./EraseDialog.tsx";
export { ErasedRecord } from "./ErasedRecord.tsx";
export { HoldDialog, LiftDialog } from "./HoldDialog.tsx";
export { HoldsListView } from "./HoldsListView.tsx";
export { archiveListOf } from "./model.ts";
export { PatientHolds } from "./PatientHolds.tsx";
export { RecordRetention } from "./RecordRetention.tsx";
export { WhichList } from "./WhichList.tsx";
