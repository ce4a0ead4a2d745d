/** The signed-in page: four panes, what lies over them, and everything that keeps them alive. */
import { useEffect, useState } from "react";
import { AttentionProvider } from "../attention/AttentionContext.tsx";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { DeskProvider } from "../desk/DeskContext.tsx";
import { useHeartbeat } from "../features/status/index.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { Panes } from "./Panes.tsx";
import { useCommandContext, useCommandEffects } from "./useCommandsOfDesk.ts";

export function Desk() {
  return (
    <DeskProvider>
      <AttentionProvider>
        <Commanded />
      </AttentionProvider>
    </DeskProvider>
  );
}

function Commanded() {
  const { actions, prefs, desk, password } = useConsole();
  const { singleKeys } = useReadable(prefs.prefs);
  const context = useCommandContext();
  const effects = useCommandEffects();
  useHeartbeat();
  useEffect(() => {
    const leave = () => actions.leave();
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [actions]);
  useEffect(() => {
    const online = () => desk.nudge();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [desk]);
  // The password of the sign-in is wanted for one thing, setting keys up; it does not outlive the first dialog.
  const [fresh, setFresh] = useState(password);
  return (
    <CommandsProvider context={context} effects={effects} singleKeys={singleKeys}>
      <Panes />
      <Dialogs password={fresh} onKeysDone={() => setFresh(null)} />
    </CommandsProvider>
  );
}
