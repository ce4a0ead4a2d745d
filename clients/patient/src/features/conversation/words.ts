/** The dialogue draws lines of calls: their words come with it. */
import { addWords } from "@consilium/kit/brand";
import { callWords } from "@consilium/kit/ui";
import { addConsentWords, addTalkWords } from "../../app/words.ts";

export async function addConversationWords(): Promise<void> {
  await Promise.all([addWords("kit", callWords), addTalkWords(), addConsentWords()]);
}
