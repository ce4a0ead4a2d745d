/** The words of the documents come with their screen. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

const documentsWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.documents.json")).default
    : (await import("../../locales/en.documents.json")).default;

export function addDocumentsWords(): Promise<void> {
  return addWords("app", documentsWords);
}
