/** What a service asks before a specialist comes: the fields, and what is asked, missing or a red flag. */

export { answersOf, askedOf, redFlagOf, type Typed, typedOf, type Wrong, wrongOf } from "./model.ts";
export { Questions, type QuestionsProps, showWrong } from "./Questions.tsx";
export { questionWords } from "./words.ts";
