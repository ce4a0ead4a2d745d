/** The words of the documents come with their screen. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { addPersonWords, addSaidWords } from "../../app/words.ts";

const documentsWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.documents.json")).default
    : (await import("../../locales/en.documents.json")).default;

export async function addDocumentsWords(): Promise<void> {
  await Promise.all([addWords("app", documentsWords), addPersonWords(), addSaidWords()]);
}
