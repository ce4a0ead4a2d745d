/** Conclusions: how one stands, and where it is written, signed and read. */
export { ConclusionPanel } from "./ConclusionPanel.tsx";
export { ConclusionStatus } from "./ConclusionStatus.tsx";
