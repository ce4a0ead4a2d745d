/** What the frame says above a screen when there is something to say. A chunk of its own, with its words. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { addConsentWords, addStartWords } from "../words.ts";

export { Notices } from "./Notices.tsx";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.notices.json")).default
    : (await import("../../locales/en.notices.json")).default;

export async function addNoticeWords(): Promise<void> {
  await Promise.all([addWords("app", words), addStartWords(), addConsentWords()]);
}
