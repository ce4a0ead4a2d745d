/** What things in a section are called, so that differences and refusals name them as people do and not by their ids. No React. */
import type { FieldError } from "@consilium/kit/api";

/** By the place at which the service names a thing: `consents[treatment]`, `items[signs].options[rash]`. */
export type ThingNames = ReadonlyMap<string, string>;

export const NO_NAMES: ThingNames = new Map();

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** By which a thing of a list is known, as the service compares lists. */
function idOf(thing: unknown): string | null {
  if (!isObject(thing)) return null;
  const id = thing.code ?? thing.link_id ?? thing.id;
  return typeof id === "string" ? id : null;
}

/** What a thing calls itself: a title, a name, or the words of a question or an answer. */
function calledBy(thing: unknown, language: string): string | null {
  if (!isObject(thing)) return null;
  for (const said of [thing.title, thing.name, thing.text]) {
    if (!isObject(said)) continue;
    const all = [said[language], ...Object.values(said)];
    const words = all.find((one) => typeof one === "string" && one !== "");
    if (typeof words === "string") return words;
  }
  return null;
}

/** Names of all things in contents of a section. Where two call a thing differently the first one counts. */
export function thingNames(contents: readonly unknown[], language: string): ThingNames {
  const names = new Map<string, string>();
  for (const content of contents) collect("", content, language, names);
  return names;
}

/** The same of what stands at a place: a whole thing that a difference adds or removes. */
export function collect(place: string, value: unknown, language: string, names: Map<string, string>): void {
  if (Array.isArray(value)) {
    for (const thing of value) {
      const id = idOf(thing);
      if (id !== null) collect(`${place}[${id}]`, thing, language, names);
    }
    return;
  }
  if (!isObject(value)) return;
  const name = place.endsWith("]") ? calledBy(value, language) : null;
  if (name !== null && !names.has(place)) names.set(place, name);
  for (const [key, inner] of Object.entries(value))
    collect(place === "" ? key : `${place}.${key}`, inner, language, names);
}

/** The choice of a form that has this code, where all that have it are called the same. */
export function choiceCalled(code: string, names: ThingNames): string | null {
  const choices = [...names].filter(([place]) => place.endsWith(`.options[${code}]`));
  const found = new Set(choices.map(([, name]) => name));
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** Lists whose things a refusal names by their ids. */
const LIST_OF: Readonly<Record<string, string>> = { class_in_use: "classes", status_in_use: "statuses" };

/** A refusal that calls what it is about by its name. */
export function withNames(
  wrong: FieldError,
  names: ThingNames,
  queueName: (id: string) => string | undefined,
): FieldError {
  const { code, params } = wrong;
  const id = params?.name;
  if (id === undefined || code === undefined || code === null) return wrong;
  const name = code === "no_callback_queue" ? queueName(id) : names.get(`${LIST_OF[code]}[${id}]`);
  return name === undefined ? wrong : { ...wrong, params: { ...params, name } };
}
