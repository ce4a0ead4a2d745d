/** The signed-in page: four panes, what lies over them, and everything that keeps them alive. */
import type { ConsultationRow } from "@consilium/kit/api";
import { useChosenLanguage, useReloadBrand } from "@consilium/kit/brand";
import { unlockSound } from "@consilium/kit/ui/speaker";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AttentionProvider } from "../attention/AttentionContext.tsx";
import { play } from "../attention/sounds.ts";
import { CommandsProvider } from "../commands/CommandsContext.tsx";
import { DeskProvider, useDesk } from "../desk/DeskContext.tsx";
import { useFreshCalls } from "../features/call/index.ts";
import { useMeeting } from "../features/setup/index.ts";
import { useHeartbeat } from "../features/status/index.ts";
import { useBoard, useReadable } from "../live/hooks.ts";
import { viewedAt } from "../live/presence.ts";
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

/** A fresh sign-in lets the desk be heard once, before the first patient has to be. */
function useSoundCheck(fresh: boolean): void {
  const { prefs } = useConsole();
  const { t } = useTranslation();
  const done = useRef(false);
  useEffect(() => {
    if (!fresh || done.current) return;
    done.current = true;
    const { volume } = prefs.prefs.get();
    if (volume === 0) return;
    void unlockSound().then((unlocked) => {
      if (unlocked) {
        play("waiting", volume);
        prefs.change({ soundHeard: true });
      }
      notifications.show({
        message: t(unlocked ? "sound.tested" : "sound.blocked"),
        autoClose: 6_000,
        closeButtonProps: { "aria-label": t("close") },
      });
    });
  }, [fresh, prefs, t]);
}

/** The brand's own texts are changed while the desk is open. */
function useFreshBrand(): void {
  const { desk } = useConsole();
  const reload = useReloadBrand();
  useEffect(
    () =>
      desk.onSettings((section) => (section === "texts" || section === "contacts" ? reload() : undefined)),
    [desk, reload],
  );
}

/** What comes from the service comes in the language in use: where another one is chosen, all of it is asked for again. */
function useFreshLanguage(): void {
  const { desk } = useConsole();
  const client = useQueryClient();
  useChosenLanguage(() => {
    desk.readAgain();
    void client.invalidateQueries();
  });
}

/**
 * A consultation that ended is in the archive once it is sealed, which is one more change of it: an open list is asked for again at each, and so is its record,
 * which is sealed anew where it was taken up again.
 */
function useFreshArchive(): void {
  const client = useQueryClient();
  const { rows } = useBoard();
  const ended = useMemo(() => [...rows.values()].filter(({ ended_at }) => ended_at !== null), [rows]);
  const known = useRef<ReadonlySet<ConsultationRow>>(new Set());
  useEffect(() => {
    const changed = ended.filter((row) => !known.current.has(row));
    known.current = new Set(ended);
    if (changed.length > 0) void client.invalidateQueries({ queryKey: ["archive"] });
    for (const { id } of changed) void client.invalidateQueries({ queryKey: ["archive-record", id] });
  }, [client, ended]);
}

/** Colleagues see what this window shows, as long as anybody can look at it. */
function usePresence(): void {
  const { presence } = useConsole();
  const { place } = useDesk();
  useEffect(() => presence.show(viewedAt(place)), [presence, place]);
  useEffect(() => {
    const update = () => presence.setVisible(document.visibilityState === "visible");
    update();
    document.addEventListener("visibilitychange", update);
    return () => document.removeEventListener("visibilitychange", update);
  }, [presence]);
}

function Commanded() {
  const { actions, prefs, desk, freshPassword } = useConsole();
  const { singleKeys, bindings } = useReadable(prefs.prefs);
  const context = useCommandContext();
  const effects = useCommandEffects();
  useHeartbeat();
  usePresence();
  useFreshArchive();
  useFreshBrand();
  useFreshLanguage();
  useFreshCalls();
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
  useSoundCheck(freshPassword.get() !== null);
  useMeeting(freshPassword.get() !== null);
  return (
    <CommandsProvider context={context} effects={effects} singleKeys={singleKeys} bindings={bindings}>
      <Panes />
      <Dialogs />
    </CommandsProvider>
  );
}
