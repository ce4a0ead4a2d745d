/** All words of the desk, those too that come after its frame. */

import enDesk from "../src/locales/en.desk.json";
import en from "../src/locales/en.json";
import ruDesk from "../src/locales/ru.desk.json";
import ru from "../src/locales/ru.json";

export const EN = merged(en, enDesk);
export const RU = merged(ru, ruDesk);

/** Two files may have words of one branch. */
export function merged<A extends object, B extends object>(one: A, other: B): A & B {
  const all = new Map<string, unknown>(Object.entries(one));
  for (const [name, branch] of Object.entries(other) as [string, string | object][]) {
    const before = all.get(name);
    const isBranch = typeof before === "object" && before !== null && typeof branch === "object";
    all.set(name, isBranch ? merged(before, branch) : branch);
  }
  return Object.fromEntries(all) as A & B;
}
