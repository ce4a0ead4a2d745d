/** The words of calls come with their screens: nothing of them stands in the way of the first one. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { callWords as kitWords } from "@consilium/kit/ui";
import { addTalkWords } from "../../app/words.ts";

const appWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.call.json")).default
    : (await import("../../locales/en.call.json")).default;

export async function addCallWords(): Promise<void> {
  await Promise.all([addWords("kit", kitWords), addWords("app", appWords), addTalkWords()]);
}
