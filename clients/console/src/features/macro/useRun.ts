/** Running a macro from its preview: one request id for all tries, so that nothing is said or done twice. */
import type { ConsultationRow, Macro } from "@consilium/kit/api";
import { useCallback, useEffect, useRef, useState } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type Part, partId, type RunEnd, runMacro } from "./model.ts";

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
  const sent = state.status === "refused" || state.status === "unsaid" ? state.sent : 0;

  /** Takes back what waits for the network: without it nothing is done. */
  const cancel = useCallback(() => {
    if (state.status !== "running") return;
    const timeline = engine.timeline(roomId);
    const ids = Array.from({ length: 1 + macro.content.files.length }, (_, place) =>
      partId(requestId, place),
    );
    void Promise.all(ids.map((id) => timeline.cancel(id))).finally(() => timeline.close());
  }, [engine, roomId, requestId, state.status, macro]);

  const run = useCallback(
    (text: string | null) => {
      const timeline = engine.timeline(roomId);
      const deliver = async (part: Part, id: string) => {
        const end =
          part.kind === "text"
            ? await timeline.deliverText({ text: part.text.trim(), replyTo: null }, id)
            : await timeline.deliverFile(part.file, id);
        // What will not go out does not stay in the talk: the next try says it anew.
        if (end === "failed") await timeline.cancel(id);
        return end;
      };
      setState({ status: "running" });
      const send = macro.content.files;
      const wish = { consultationId, macro, requestId, text, send, sent, deliver };
      void runMacro({ api: api.macros, files: api.deskFiles, ...wish }).then((end) => {
        timeline.close();
        if (end.status === "done") {
          desk.apply({ kind: "consultation", consultation: end.detail });
          if (shown.current) onDone();
          return;
        }
        if (end.status === "unsaid") setRequestId(crypto.randomUUID());
        setState(end);
      });
    },
    [api, consultationId, desk, engine, macro, onDone, requestId, roomId, sent],
  );
  return { run, state, sent, cancel };
}
