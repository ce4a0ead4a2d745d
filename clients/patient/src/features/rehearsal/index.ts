/** What is said to who plays the patient of a rehearsal. */
export { RehearsalNotice } from "./RehearsalNotice.tsx";
export { addRehearsalWords } from "./words.ts";
