/** A tone as long as something is so. */
import { useEffect } from "react";
import { playTone, type ToneName } from "./tones.ts";

export function useTone(name: ToneName | null, volume = 1): void {
  useEffect(() => (name === null ? undefined : playTone(name, volume)), [name, volume]);
}
