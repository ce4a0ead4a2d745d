/** All words of the desk, those too that come after its frame. */

import enDesk from "../src/locales/en.desk.json";
import en from "../src/locales/en.json";
import ruDesk from "../src/locales/ru.desk.json";
import ru from "../src/locales/ru.json";

export const EN = merged(en, enDesk);
export const RU = merged(ru, ruDesk);

/** Two files may have words of one branch. */
export function merged<A extends object, B extends object>(one: A, other: B): A & B {
  const all: Record<string, unknown> = { ...one };
  for (const [name, branch] of Object.entries(other)) {
    const before = all[name];
    const isBranch = typeof before === "object" && before !== null;
    all[name] = isBranch ? merged(before, branch as object) : branch;
  }
  return all as A & B;
}
