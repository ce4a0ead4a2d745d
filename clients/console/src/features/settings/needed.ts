/** Texts that have to be there. No React. */
import type { Localized } from "@consilium/kit/api";

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Names each language in which a text is missing. */
export function missing(
  name: string,
  text: Localized,
  languages: readonly string[],
  wrong: Map<string, string>,
): void {
  for (const language of languages) if (isBlank(text[language])) wrong.set(`${name}.${language}`, "needed");
}
