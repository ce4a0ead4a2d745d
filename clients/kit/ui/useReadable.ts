/** Binds a `Readable` of the kit to a component. */
import { useSyncExternalStore } from "react";
import type { Readable } from "../matrix/store.ts";

export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get);
}
