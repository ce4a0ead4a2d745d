/** A part of the desk that comes later, with the words of all of them. */
import { laterPart } from "@consilium/kit/ui/parts";
import type { ComponentType } from "react";
import { addDeskWords } from "../words.ts";
import { Loading, Problem } from "./Loadable.tsx";

type Looks = NonNullable<Parameters<typeof laterPart>[1]>;

export function deskPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  looks?: Looks,
): ReturnType<typeof laterPart<P>> {
  return laterPart(async () => {
    const [part] = await Promise.all([load(), addDeskWords()]);
    return part;
  }, looks);
}

/** What has a place of its own says there that it is on its way, in rows of pixels, or did not come. */
export function inPlace(rows: number, rowHeight: number): Looks {
  return {
    waiting: <Loading rows={rows} rowHeight={rowHeight} />,
    failed: (problem, again) => <Problem error={problem} onRetry={again} />,
  };
}
