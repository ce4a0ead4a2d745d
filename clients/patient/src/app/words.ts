/** Words that several screens share and the first one does without: they come with whichever is opened first. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { talkWords as kitTalkWords } from "@consilium/kit/ui";

const startWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../locales/ru.start.json")).default
    : (await import("../locales/en.start.json")).default;

const talkWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../locales/ru.talk.json")).default
    : (await import("../locales/en.talk.json")).default;

const consentWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../locales/ru.consents.json")).default
    : (await import("../locales/en.consents.json")).default;

const personWords: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../locales/ru.persons.json")).default
    : (await import("../locales/en.persons.json")).default;

/** Asking, and what became of a question that waits. */
export function addStartWords(): Promise<void> {
  return addWords("app", startWords);
}

/** The dialogue, its ratings and the earlier consultations. */
export async function addTalkWords(): Promise<void> {
  await Promise.all([addWords("app", talkWords), addSaidWords()]);
}

/** What was said and sent, wherever it stands. */
export function addSaidWords(): Promise<void> {
  return addWords("kit", kitTalkWords);
}

/** Whom one acts for: chosen beside a question, listed on a screen of their own, named in the history. */
export function addPersonWords(): Promise<void> {
  return addWords("app", personWords);
}

/** What is agreed to: asked for beside a question, listed in the profile. */
export function addConsentWords(): Promise<void> {
  return addWords("app", consentWords);
}
