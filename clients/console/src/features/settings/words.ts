/** The words of settings come with their screens. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { questionWords } from "@consilium/kit/questions";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.settings.json")).default
    : (await import("../../locales/en.settings.json")).default;

export async function addSettingsWords(): Promise<void> {
  await Promise.all([addWords("app", words), addWords("kit", questionWords)]);
}
