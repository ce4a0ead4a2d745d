/** The call of this console, as a part that comes later. */
export { CallDock } from "../features/call/index.ts";
