/** The language in use as the brand's country writes it: «9:04 pm, 11/05» is wrong in London, «21:04, 05/11» in Chicago. */
import { dateFormat } from "./intl.ts";

/** English as most of the world writes it: day before month, 24 hours. */
const ENGLISH_ELSEWHERE = "en-150";

/** The tag for `Intl`: language and country where that pair has habits of its own, else the language's own. */
export function regionalLocale(language: string, country: string): string {
  const wanted = `${language}-${country}`;
  if (dateFormat(wanted).resolvedOptions().locale === wanted) return wanted;
  return language === "en" ? ENGLISH_ELSEWHERE : language;
}
