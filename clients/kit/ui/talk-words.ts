/** The words of a talk and of what is in it, which come with their parts: `addWords("kit", talkWords)`. */
import type { LocaleLoader } from "../brand/i18n.ts";

export const talkWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../brand/locales/ru.talk.json")).default
    : (await import("../brand/locales/en.talk.json")).default;
