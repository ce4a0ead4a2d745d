/** Whom one acts for: who they are, what was asked and agreed to for them. */
export { PersonsView } from "./PersonsView.tsx";
export { addPersonsScreenWords } from "./words.ts";
