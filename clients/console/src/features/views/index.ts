/** Saved views: the line over a list, keeping one under a name, all of them, and taking a removed one back. */
export { RemovedView } from "./RemovedView.tsx";
export { ViewBar } from "./ViewBar.tsx";
export { SaveViewDialog, ViewDialog } from "./ViewDialog.tsx";
export { ViewsDialog } from "./ViewsDialog.tsx";
