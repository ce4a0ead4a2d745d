/** Coming by an invitation: a part of its own, because few do. */
import { addWords, type LocaleLoader } from "@consilium/kit/brand";

export { InvitationView } from "./InvitationView.tsx";

const words: LocaleLoader = async (language) =>
  language === "ru"
    ? (await import("../../locales/ru.invitation.json")).default
    : (await import("../../locales/en.invitation.json")).default;

export function addInvitationWords(): Promise<void> {
  return addWords("app", words);
}
