/** A part of the desk that comes later, with the words of all of them. */
import { laterPart } from "@consilium/kit/ui/parts";
import type { ComponentType } from "react";
import { addDeskWords } from "../words.ts";

export function deskPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  looks?: Parameters<typeof laterPart<P>>[1],
): ReturnType<typeof laterPart<P>> {
  return laterPart(async () => {
    const [part] = await Promise.all([load(), addDeskWords()]);
    return part;
  }, looks);
}
