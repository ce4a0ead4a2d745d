/** Asking: what one gets, what it costs, and the question itself. */
export { StartView } from "./StartView.tsx";
export { addQuestionWords } from "./words.ts";
