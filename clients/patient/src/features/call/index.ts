/** Calls: ringing, the call itself, how it ended, the check before the first one. Lies over every screen. */
import { CallHost } from "./CallHost.tsx";
import { addCallWords } from "./words.ts";

/** For `lazy`: the words come with the screens. */
export async function loadCallHost() {
  await addCallWords();
  return { default: CallHost };
}
