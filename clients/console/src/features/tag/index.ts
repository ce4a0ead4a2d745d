/** Tags: the line under a consultation's head, the choice, and the brand's tags themselves. */
export { TagLine } from "./TagLine.tsx";
export { TagSettingsDialog } from "./TagSettingsDialog.tsx";
export { TagsDialog } from "./TagsDialog.tsx";
