/** Earlier consultations, and what was said in each. */
export { HistoryView } from "./HistoryView.tsx";
export { RecordView } from "./RecordView.tsx";
export { addRecordWords } from "./words.ts";
