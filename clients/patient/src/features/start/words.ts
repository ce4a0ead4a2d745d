/** The words of what a service asks come with the screen that asks it. */
import { addWords } from "@consilium/kit/brand";
import { questionWords } from "@consilium/kit/questions";

export function addQuestionWords(): Promise<void> {
  return addWords("kit", questionWords);
}
