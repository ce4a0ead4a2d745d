/** The call-back whose card is open, as the commands decide from it. */
import { useBrand } from "@consilium/kit/brand";
import { useMemo } from "react";
import type { CommandCallback } from "../../commands/command.ts";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useCallbackRow, useCallbackState, useConsultationIn, useReadable } from "../../live/hooks.ts";
import { openCallback } from "../../live/route.ts";
import { holdsCallback, isOpenCallback, isWaitingCallback } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";

export function useCommandCallback(): CommandCallback | null {
  const { me, engine, calls } = useConsole();
  const { place } = useDesk();
  const { features } = useBrand();
  const id = openCallback(place);
  const row = useCallbackRow(id);
  const state = useCallbackState(id);
  const conversations = useReadable(engine.conversations);
  const availability = useReadable(calls.availability);
  const operatorId = me.operator?.id ?? null;
  const conversationId = row?.conversation_id ?? null;
  const mayOpen = useConsultationIn(conversationId) === null && conversationId !== null;
  const isJoined = row?.room_id != null && conversations.get(row.room_id)?.membership === "joined";
  const works = features.calls && availability.state !== "unavailable";
  return useMemo<CommandCallback | null>(() => {
    if (row === null) return null;
    const mine = holdsCallback(row, operatorId);
    const isHeld = row.phase === "taken" || row.phase === "calling";
    return {
      id: row.id,
      phase: row.phase,
      mayTake: isWaitingCallback(row),
      mayDirect: mine || (isHeld && me.role === "supervisor"),
      mine,
      hasPhone: row.phone !== null,
      mayCall: mine && isJoined && works,
      mayConsult: mine && mayOpen,
      open: isOpenCallback(row),
      busy: state?.status === "busy",
    };
  }, [row, state, operatorId, me.role, isJoined, works, mayOpen]);
}
