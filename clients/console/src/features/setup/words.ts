/** The words of the first steps come with their screen. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.setup.json")).default
    : (await import("../../locales/en.setup.json")).default;

export function addSetupWords(): Promise<void> {
  return addWords("app", words);
}
