/** Canned replies: offered behind `/` in the composer, kept in a dialog. */
export { CannedDialog } from "./CannedDialog.tsx";
export { RemovedReply } from "./RemovedReply.tsx";
export { useWriting } from "./useWriting.tsx";
