/** Calls: ringing, the call itself, how it ended, the check before the first one. Lies over every screen. */
export { CallHost } from "./CallHost.tsx";
export { addCallWords } from "./words.ts";
