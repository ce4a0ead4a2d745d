/** Call-backs: ordering one, and the one that is ordered. */
export { CallbackView } from "./CallbackView.tsx";
export { OrderView } from "./OrderView.tsx";
export { addCallbackWords } from "./words.ts";
