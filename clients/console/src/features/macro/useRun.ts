/** Running a macro from its preview: one request id for all tries, so that nothing is said or done twice. */
import type { ConsultationRow, Macro } from "@consilium/kit/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type RunEnd, runMacro } from "./model.ts";

export type RunState =
  | { readonly status: "idle" }
  | { readonly status: "running" }
  | Exclude<RunEnd, { status: "done" }>;

interface About {
  readonly macro: Macro;
  readonly row: ConsultationRow;
  readonly onDone: () => void;
}

export function useRun({ macro, row, onDone }: About) {
  const { api, engine, desk } = useConsole();
  const [state, setState] = useState<RunState>({ status: "idle" });
  const [requestId, setRequestId] = useState(() => crypto.randomUUID() as string);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  const { id: consultationId, room_id: roomId } = row;

  /** Takes back a text that waits for the network: without it nothing is done. */
  const cancel = useCallback(() => {
    if (state.status !== "running") return;
    const timeline = engine.timeline(roomId);
    void timeline.cancel(requestId).finally(() => timeline.close());
  }, [engine, roomId, requestId, state.status]);

  const run = useCallback(
    (text: string | null) => {
      const timeline = engine.timeline(roomId);
      const said = state.status === "refused" && state.said;
      const deliver = async (words: string) => {
        const end = await timeline.deliverText({ text: words.trim(), replyTo: null }, requestId);
        // What will not go out does not stay in the talk: the next try says it anew.
        if (end === "failed") await timeline.cancel(requestId);
        return end;
      };
      setState({ status: "running" });
      void runMacro({ api: api.macros, consultationId, macro, requestId, text, said, deliver }).then(
        (end) => {
          timeline.close();
          if (end.status === "done") {
            desk.apply({ kind: "consultation", consultation: end.detail });
            if (shown.current) onDone();
            return;
          }
          if (end.status === "unsaid") setRequestId(crypto.randomUUID());
          setState(end);
        },
      );
    },
    [api, consultationId, desk, engine, macro, onDone, requestId, roomId, state],
  );
  return { run, state, cancel };
}
