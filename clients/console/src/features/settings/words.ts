/** The words of settings come with their screens. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.settings.json")).default
    : (await import("../../locales/en.settings.json")).default;

export function addSettingsWords(): Promise<void> {
  return addWords("app", words);
}
