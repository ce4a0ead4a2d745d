/** Fetches parts of an app that come when they are wanted, over a network that is not always there. */

/** Not every return of a network is announced. */
const AGAIN_MS = 4_000;

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
