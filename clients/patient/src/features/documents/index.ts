/** All files of all conversations of the patient. */
export { DocumentsView } from "./DocumentsView.tsx";
export { addDocumentsWords } from "./words.ts";
