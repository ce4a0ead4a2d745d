/** Words of parts of the profile that come with it. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.install.json")).default
    : (await import("../../locales/en.install.json")).default;

export function addProfileWords(): Promise<void> {
  return addWords("app", words);
}
