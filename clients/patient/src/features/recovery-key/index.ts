/** Asking for the recovery key on a new device, where the person keeps it. */
export { RecoveryKeyCard } from "./RecoveryKeyCard.tsx";
export { addRecoveryWords } from "./words.ts";
