/** A record draws lines of calls: their words come with it. */
import { addWords } from "@consilium/kit/brand";
import { callWords } from "@consilium/kit/ui";
import { addPersonWords, addTalkWords } from "../../app/words.ts";

export async function addRecordWords(): Promise<void> {
  await Promise.all([addWords("kit", callWords), addTalkWords(), addPersonWords()]);
}
