/** The card's words come with it. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.recovery.json")).default
    : (await import("../../locales/en.recovery.json")).default;

export function addRecoveryWords(): Promise<void> {
  return addWords("app", words);
}
