/** The words of the list of sign-ins, which come with the screen that shows it: `addWords("kit", signInsWords)`. */
import type { LocaleLoader } from "../brand/i18n.ts";

export const signInsWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../brand/locales/ru.signins.json")).default
    : (await import("../brand/locales/en.signins.json")).default;
