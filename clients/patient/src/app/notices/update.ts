/**
 * A new version of the app lies ready beside the one that runs, until it is taken or every window is closed. Nothing is exchanged under a
 * person's hands: the running version keeps all of its parts until then.
 */
import { Cell } from "@consilium/kit/matrix";

/** How often a window that stays open asks for a new version. */
const LOOK_EVERY_MS = 60 * 60_000;

/** The worker of the new version; `null`: there is none. */
export const waitingVersion = new Cell<ServiceWorker | null>(null);

/** Watches for new versions until the returned function is called. */
export function watchVersions(workers: ServiceWorkerContainer, now: () => number = Date.now): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  void workers.ready.then((registration) => {
    if (signal.aborted) return;
    // A page that no worker serves (the very first one) has nothing to exchange.
    const look = () => waitingVersion.set(workers.controller === null ? null : registration.waiting);
    const follow = () => registration.installing?.addEventListener("statechange", look, { signal });
    let asked = now();
    const ask = () => {
      if (document.visibilityState !== "visible" || now() - asked < LOOK_EVERY_MS) return;
      asked = now();
      void registration.update().catch(() => undefined);
    };
    const timer = setInterval(ask, LOOK_EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
    document.addEventListener("visibilitychange", ask, { signal });
    registration.addEventListener("updatefound", follow, { signal });
    follow();
    look();
  });
  return () => ending.abort();
}

/** The new version takes over, and the page begins anew with it. */
export function takeVersion(worker: ServiceWorker, workers: ServiceWorkerContainer): void {
  workers.addEventListener("controllerchange", () => location.reload(), { once: true });
  worker.postMessage({ type: "SKIP_WAITING" });
}

/** Screens on which nothing is typed that a new beginning would lose. */
export function isSafePlace(path: string): boolean {
  return /^\/(history|documents)?$/.test(path);
}
