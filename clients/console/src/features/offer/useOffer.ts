/** What this desk offers to the one who looks at it, now. */
import { useMemo } from "react";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type MyOffer, offerTo } from "./model.ts";

export function useOffer(): MyOffer | null {
  const { me } = useConsole();
  const { rows } = useBoard();
  const operatorId = me.operator?.id ?? null;
  return useMemo(() => offerTo(rows.values(), operatorId), [rows, operatorId]);
}
