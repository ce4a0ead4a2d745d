/** The app's own words; only the language in use is fetched. */
import type { LocaleLoader } from "@consilium/kit/brand";

export const locales: LocaleLoader = async (language) =>
  language === "ru" ? (await import("./ru.json")).default : (await import("./en.json")).default;
