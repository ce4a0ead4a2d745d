/** The notice's words come with it. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.rehearsal.json")).default
    : (await import("../../locales/en.rehearsal.json")).default;

export function addRehearsalWords(): Promise<void> {
  return addWords("app", words);
}
