/** The profile's words come with its screen. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.profile.json")).default
    : (await import("../../locales/en.profile.json")).default;

export function addProfileWords(): Promise<void> {
  return addWords("app", words);
}
