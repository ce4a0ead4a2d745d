/** The profile's words come with its screen. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";
import { signInsWords } from "@consilium/kit/sign-ins";
import { addConsentWords } from "../../app/words.ts";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.profile.json")).default
    : (await import("../../locales/en.profile.json")).default;

export async function addProfileWords(): Promise<void> {
  await Promise.all([addWords("app", words), addWords("kit", signInsWords), addConsentWords()]);
}
