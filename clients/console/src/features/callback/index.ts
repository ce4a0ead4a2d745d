/** Call-backs in the console: the list with what is due, and the card in which one is called and finished. */
export { CallbackPanel } from "./CallbackPanel.tsx";
export { CallbacksView } from "./CallbacksView.tsx";
export { PatientCallbacks } from "./PatientCallbacks.tsx";
export { useCommandCallback } from "./useCommandCallback.ts";
