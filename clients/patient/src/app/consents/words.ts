/** The words of consents come with the screens that ask for them. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.consents.json")).default
    : (await import("../../locales/en.consents.json")).default;

export function addConsentWords(): Promise<void> {
  return addWords("app", words);
}
