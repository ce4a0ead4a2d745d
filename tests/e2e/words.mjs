/** The words of the apps in one language, for finding controls as a reader does. */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const clients = resolve(dirname(fileURLToPath(import.meta.url)), "../../clients");
const FOLDERS = { kit: "kit/brand/locales", patient: "patient/src/locales", console: "console/src/locales" };

/** All words of an app in a language, those that it loads with a part of it (`en.call.json`) too. */
async function read(folder, language) {
  const files = (await readdir(folder)).filter((name) => name === `${language}.json` || new RegExp(`^${language}\\.\\w+\\.json$`).test(name));
  const parts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return parts.map((text) => JSON.parse(text)).reduce(merged, {});
}

/** Two files may have words of one branch. */
function merged(one, other) {
  if (typeof one !== "object" || typeof other !== "object") return other;
  const all = { ...one };
  for (const [name, branch] of Object.entries(other)) all[name] = merged(one[name], branch);
  return all;
}

/** `words.console("keysDialog.done.submit")`: the text as it stands in the locale file; `{name}` is filled from `values`. */
export async function wordsOf(language) {
  // Of the branches' names: a word that is missing is shown by its own, which begins with one of them.
  const words = { language, branches: [] };
  for (const [app, folder] of Object.entries(FOLDERS)) {
    const all = await read(join(clients, folder), language);
    words.branches.push(...Object.keys(all));
    words[app] = (path, values = {}) => {
      const text = path.split(".").reduce((branch, name) => branch?.[name], all);
      if (typeof text !== "string") throw new Error(`${app} has no words at ${path} in ${language}`);
      return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
    };
  }
  return words;
}
