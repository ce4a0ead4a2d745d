/** The words of calls, which come with their parts: `addWords("kit", callWords)`. */
import type { LocaleLoader } from "../../brand/i18n.ts";

export const callWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../brand/locales/ru.call.json")).default
    : (await import("../../brand/locales/en.call.json")).default;
