/** All that comes when the first steps are opened, as one chunk. */
export { SetupView } from "./SetupView.tsx";
export { addSetupWords } from "./words.ts";
