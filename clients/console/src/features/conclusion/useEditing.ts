/** Binds one conclusion to a component: read when it is opened, kept fresh by the server's events, saved when it goes. */
import { useEffect, useMemo } from "react";
import { useReadable } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { ConclusionEditing } from "./editing.ts";

export function useEditing(id: string) {
  const { api, desk } = useConsole();
  const editing = useMemo(() => new ConclusionEditing(api.conclusions, id), [api, id]);
  const state = useReadable(editing.state);
  useEffect(() => {
    void editing.load();
    const stop = desk.onConclusion((consultationId, version) => {
      if (consultationId === id) editing.told(version);
    });
    const ask = (event: BeforeUnloadEvent) => editing.isUnsaved && event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => {
      stop();
      removeEventListener("beforeunload", ask);
      editing.close();
    };
  }, [editing, desk, id]);
  return { editing, state };
}
