/** The words of persons and of what is agreed to for them come with the screen. */
import { addConsentWords, addPersonWords } from "../../app/words.ts";

export async function addPersonsScreenWords(): Promise<void> {
  await Promise.all([addPersonWords(), addConsentWords()]);
}
