/** The words of ordering and changing a call-back come with their screens. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { addConsentWords } from "../../app/words.ts";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.callback.json")).default
    : (await import("../../locales/en.callback.json")).default;

export async function addCallbackWords(): Promise<void> {
  await Promise.all([addWords("app", words), addConsentWords()]);
}
