/** Words of these screens come with them. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.rights.json")).default
    : (await import("../../locales/en.rights.json")).default;

export function addMyDataWords(): Promise<void> {
  return addWords("app", words);
}
