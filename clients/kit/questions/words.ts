/** The words of the questions, which come with the screen that asks: `addWords("kit", questionWords)`. */
import type { LocaleLoader } from "../brand/i18n.ts";

export const questionWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../brand/locales/ru.questions.json")).default
    : (await import("../brand/locales/en.questions.json")).default;
