/** The processes of one browser among all of this machine, by the mark with which it was started. */
import { readdir, readFile } from "node:fs/promises";

async function processes() {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const told = await Promise.all(
    ids.map(async (id) => {
      try {
        const [words, status] = await Promise.all([readFile(`/proc/${id}/cmdline`, "utf8"), readFile(`/proc/${id}/status`, "utf8")]);
        return { id: Number(id), parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]), words };
      } catch {
        // It ended while we looked.
        return null;
      }
    }),
  );
  return told.filter((one) => one !== null);
}

/** The browser and all that it has started: children do not carry the mark themselves. */
export async function processesOf({ mark }) {
  const all = await processes();
  const byId = new Map(all.map((one) => [one.id, one]));
  const isOf = (one) => {
    for (let at = one; at !== undefined; at = byId.get(at.parent)) if (at.words.includes(mark)) return true;
    return false;
  };
  return all.filter(isOf);
}

/** Ends a browser as a crash does: no page of it says goodbye to anybody. */
export async function kill(browser) {
  const gone = new Promise((done) => browser.once("disconnected", done));
  for (const { id } of await processesOf(browser)) {
    try {
      process.kill(id, "SIGKILL");
    } catch (cause) {
      // With its parent it went already.
      if (cause.code !== "ESRCH") throw cause;
    }
  }
  await gone;
}
