/** Which files of the console are there at once: what the first screens import, followed through the features' lists by name. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

const IMPORT = /^(?:import|export)\s+(?!type\b)([^;]*?)\s+from\s+"(\.[^"]+\.tsx?)"/gm;

/** Paths of the files, absolute. */
export function atOnce(sources: string, first: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string) => {
    if (found.has(path) || !existsSync(path)) return;
    found.add(path);
    for (const [, what = "", from = ""] of readFileSync(path, "utf8").matchAll(IMPORT)) {
      const target = resolve(dirname(path), from);
      if (target.endsWith("/index.ts"))
        for (const name of namesIn(what)) follow(ownerOf(name, target) ?? target);
      else follow(target);
    }
  };
  for (const path of first) follow(resolve(sources, path));
  return found;
}

function namesIn(what: string): string[] {
  const list = what.slice(what.indexOf("{") + 1, what.lastIndexOf("}"));
  return list
    .split(",")
    .map((name) => name.trim().split(" as ")[0] ?? "")
    .filter((name) => name !== "" && !name.startsWith("type "));
}

/** The file that a feature's list has a name from. */
function ownerOf(name: string, list: string): string | null {
  for (const [, what = "", from = ""] of readFileSync(list, "utf8").matchAll(IMPORT)) {
    if (namesIn(what).includes(name)) return resolve(dirname(list), from);
  }
  return null;
}
