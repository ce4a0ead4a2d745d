/** Whoever serves a queue is asked in: the panel for who is asked, and what was in vain for who asked. */
export { InVainLines } from "./InVainLines.tsx";
export { QueueInvitationPanel } from "./QueueInvitationPanel.tsx";
