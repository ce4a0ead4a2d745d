/** The console's words, in the trade of the brand: a clinic has patients, a law firm has clients. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { signInsWords } from "@consilium/kit/sign-ins";
import { callWords, talkWords } from "@consilium/kit/ui";

type Words = { readonly [key: string]: string | Words };

/** Whom the brand serves; `console.person` among its texts, `patient` where it says nothing. */
export type PersonWord = "patient" | "client";

const STEMS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [
    ["patient", "client"],
    ["Patient", "Client"],
  ],
  // Both are masculine and animate: every case ends alike.
  ru: [
    ["пациент", "клиент"],
    ["Пациент", "Клиент"],
  ],
};

export function inTrade(words: Words, language: string, person: PersonWord): Words {
  if (person === "patient") return words;
  const stems = STEMS[language] ?? [];
  const said = (text: string) => stems.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === "string" ? said(value) : inTrade(value, language, person),
    ]),
  );
}

async function load(language: string): Promise<Words> {
  return language === "ru"
    ? (await import("./locales/ru.json")).default
    : (await import("./locales/en.json")).default;
}

export function consoleWords(person: PersonWord): LocaleLoader {
  return async (language) => inTrade(await load(language), language === "ru" ? "ru" : "en", person);
}

/** Whom this page's words speak of, those too that come later. */
let spokenOf: PersonWord = "patient";

export function speakOf(person: PersonWord): void {
  spokenOf = person;
}

const deskWords: LocaleLoader = async (language) =>
  language === "ru"
    ? inTrade((await import("./locales/ru.desk.json")).default, "ru", spokenOf)
    : inTrade((await import("./locales/en.desk.json")).default, "en", spokenOf);

/** The words of what comes after the desk's frame. */
export async function addDeskWords(): Promise<void> {
  await Promise.all([
    addWords("app", deskWords),
    addWords("kit", callWords),
    addWords("kit", talkWords),
    addWords("kit", signInsWords),
  ]);
}

export function personWord(texts: Readonly<Record<string, Readonly<Record<string, string>>>>): PersonWord {
  return Object.values(texts).some((words) => words["console.person"] === "client") ? "client" : "patient";
}
