/** The operator's own keys: set up at the first sign-in, unlocked on another device. */
export { KeysDialog } from "./KeysDialog.tsx";
