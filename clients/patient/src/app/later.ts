/** Parts of the app that come when they are wanted, over a network that is not always there. */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** Not every return of a network is announced. */
const AGAIN_MS = 4_000;
/** With a network a part that does not come so often is not there any more: the page is of an older version than the server. */
const TRIES = 3;

/** A part without which the app is whole: it is fetched until it is there. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetched(load, Number.POSITIVE_INFINITY) }));
}

/** A screen: without a network it waits for one; where it does not come at all, whoever wanted it is told. */
export function lazyScreen<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await fetched(load, TRIES) }));
}

/** What `load` answers at last. Errors: what it threw, after so many tries with a network. */
export async function fetched<T>(load: () => Promise<T>, tries: number): Promise<T> {
  for (let failed = 1; ; failed += 1) {
    try {
      return await load();
    } catch (cause) {
      if (navigator.onLine && failed >= tries) throw cause;
      await networkOrPause();
    }
  }
}

function networkOrPause(): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      done();
    };
    const timer = setTimeout(go, AGAIN_MS);
    addEventListener("online", go);
  });
}
