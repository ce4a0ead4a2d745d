/** A record draws lines of calls: their words come with it. */
import { addWords } from "@consilium/kit/brand";
import { callWords } from "@consilium/kit/ui";

export function addRecordWords(): Promise<void> {
  return addWords("kit", callWords);
}
