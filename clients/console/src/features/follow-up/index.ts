/** Follow-ups: what staff comes back to at a time. The list, the card, the form, the lines of what is due. */
export { DueLines } from "./DueLines.tsx";
export { FollowUpDialog } from "./FollowUpDialog.tsx";
export { FollowUpPanel } from "./FollowUpPanel.tsx";
export { FollowUpsPanel } from "./FollowUpsPanel.tsx";
export { FollowUpsView } from "./FollowUpsView.tsx";
