/** The whole screen for the page: the desk then shows the wallboard alone (`Desk.module.css`). */
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  document.addEventListener("fullscreenchange", listener);
  return () => document.removeEventListener("fullscreenchange", listener);
}

const isFull = () => document.fullscreenElement === document.documentElement;

export function useFullScreen(): boolean {
  return useSyncExternalStore(subscribe, isFull);
}

/** A telephone's browser may have no such thing. */
export function canBeFull(): boolean {
  return document.fullscreenEnabled === true;
}

/** The browser may refuse; then everything stays as it is. */
export async function toggleFullScreen(): Promise<void> {
  if (!canBeFull()) return;
  await (isFull() ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(
    () => undefined,
  );
}

/** On the way out of the wallboard. */
export function leaveFullScreen(): void {
  if (isFull()) void document.exitFullscreen().catch(() => undefined);
}
