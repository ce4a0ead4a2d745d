/** «Connected» and «ended» are heard: whoever looks away from the screen knows how the call stands. */
import { useEffect, useRef } from "react";
import { playTone } from "./tones.ts";

/** `at`: where the call stands, `in` while it goes on. `volume`: 0 to 1. */
export function useTurnTones(at: string | null, volume?: number): void {
  const before = useRef(at);
  useEffect(() => {
    const was = before.current;
    before.current = at;
    if (was !== "in" && at === "in") playTone("connected", volume);
    if (was === "in" && at !== "in") playTone("ended", volume);
  }, [at, volume]);
}
