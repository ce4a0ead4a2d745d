/** Calls for the commands: where the call stands, and what a press does. */
import type { Call, CallKind, ConsultationRow } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { type CallFailure, type Calls, press, turn } from "@consilium/kit/calls";
import type { MediaCall, Readable } from "@consilium/kit/matrix";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { CommandCall, CommandEffects } from "../../commands/command.ts";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useReadable, useRow } from "../../live/hooks.ts";
import { openCallback, openConsultation } from "../../live/route.ts";
import { isLead } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type CallTarget, callOn, chances, observes } from "./model.ts";

type Own = MediaCall["own"] extends Readable<infer V> ? V : never;
const NO_OWN: Readable<Own | null> = { get: () => null, subscribe: () => () => undefined };

/** Where the call of this console stands; `row` is the consultation in front. */
export function useCommandCall(row: ConsultationRow | null): CommandCall {
  const { calls, invitations, me } = useConsole();
  const { features } = useBrand();
  const { callPanel } = useDesk();
  const place = useReadable(calls.place);
  const open = useReadable(calls.open);
  const availability = useReadable(calls.availability);
  const own = useReadable<Own | null>(place?.at === "in" ? place.media.own : NO_OWN);
  const floats = useReadable(callPanel) === "floating";
  const isInvited = useReadable(invitations.current) !== null;
  const operatorId = me.operator?.id ?? null;
  const talk = useRow(place?.at === "in" ? place.call.consultation_id : null);
  const mayInvite = talk !== null && (isLead(talk, operatorId) || me.role === "supervisor");
  return useMemo<CommandCall>(
    () => ({
      at: isInvited ? "ringing" : place === null || place.at === "over" ? "none" : place.at,
      ...chances({
        row,
        operatorId,
        isAvailable: features.calls && availability.state !== "unavailable",
        open,
      }),
      microphone: own?.microphone ?? false,
      camera: own?.camera ?? false,
      screen: own?.screen ?? false,
      mayShareScreen: own?.canShareScreen ?? false,
      floats,
      mayInvite,
    }),
    [place, row, operatorId, features.calls, availability, open, own, floats, isInvited, mayInvite],
  );
}

export type CallEffects = Pick<
  CommandEffects,
  | "call"
  | "declineCall"
  | "hangUp"
  | "toggleMicrophone"
  | "toggleCamera"
  | "toggleScreen"
  | "holdToTalk"
  | "moveCall"
  | "inviteIntoCall"
>;

export function useCallEffects(): CallEffects {
  const { calls, invitations, desk: live, me } = useConsole();
  const desk = useDesk();
  return useMemo<CallEffects>(() => {
    const join = (call: Call, kind: CallKind) => {
      const row = live.state.get().board.rows.get(call.consultation_id ?? "");
      void calls.join(call, kind, observes(row ?? null, me.operator?.id ?? null)).then(tell);
    };
    const tell = (failure: CallFailure | null) => desk.callFailure.set(failure);
    // Why a device did not come on is said in the panel, as after a press there.
    const media = (work: (media: MediaCall) => Promise<void>) => {
      const place = calls.place.get();
      if (place?.at === "in") void work(place.media);
    };
    return {
      call: (kind) => {
        const place = calls.place.get();
        if (place?.at === "ringing") {
          const { consultation_id: id } = place.call;
          if (id !== null) desk.open(id, "mine");
          void calls.answer(kind).then(tell);
          return;
        }
        const invitation = invitations.current.get();
        if (invitation !== null) {
          if (invitation.call.consultation_id !== null) desk.open(invitation.call.consultation_id, "mine");
          invitations.dismiss();
          join(invitation.call, kind);
          return;
        }
        const callbackId = openCallback(desk.place);
        if (callbackId !== null) {
          desk.dialog.set({ kind: "call-back", callbackId, call: kind });
          return;
        }
        const id = openConsultation(desk.place);
        if (id === null) return;
        const on = callOn(calls.open.get(), id);
        if (on !== null) join(on, kind);
        else desk.dialog.set({ kind: "call", consultationId: id, call: kind });
      },
      declineCall: () => {
        if (invitations.current.get() !== null) invitations.dismiss();
        else void calls.decline("none");
      },
      hangUp: () => void calls.hangUp(),
      toggleMicrophone: () => media((each) => press(each, "microphone")),
      toggleCamera: () => media((each) => press(each, "camera")),
      toggleScreen: () => media((each) => press(each, "screen")),
      holdToTalk: () => media(talkWhileHeld),
      moveCall: () => desk.callPanel.set(desk.callPanel.get() === "docked" ? "floating" : "docked"),
      inviteIntoCall: () => {
        const place = calls.place.get();
        const id = place?.at === "in" ? place.call.consultation_id : null;
        if (id !== null) desk.dialog.set({ kind: "invite", consultationId: id });
      },
    };
  }, [calls, invitations, desk, live, me]);
}

/** Opens the microphone until the space bar comes up, or the window loses the keyboard. */
async function talkWhileHeld(media: MediaCall): Promise<void> {
  const stop = (event: Event) => {
    if (event instanceof KeyboardEvent && event.code !== "Space") return;
    removeEventListener("keyup", stop);
    removeEventListener("blur", stop);
    void turn(media, "microphone", false);
  };
  addEventListener("keyup", stop);
  addEventListener("blur", stop);
  await turn(media, "microphone", true);
}

/** Starts a call whose devices were looked at, and keeps why it did not come about. */
export function useStartCall(): (wish: CallTarget, kind: CallKind) => void {
  const { calls } = useConsole();
  const { callFailure } = useDesk();
  return (wish, kind) => {
    callFailure.set(null);
    const started =
      "callbackId" in wish
        ? calls.startCallback(wish.callbackId, kind)
        : calls.start(wish.consultationId, kind);
    void started.then((failure) => callFailure.set(failure));
  };
}

export function useCallPlace(): ReturnType<Calls["place"]["get"]> {
  return useReadable(useConsole().calls.place);
}

/** Lists of calls are asked for again when one of them changes. */
export function useFreshCalls(): void {
  const { desk } = useConsole();
  const client = useQueryClient();
  useEffect(() => desk.onCall(() => void client.invalidateQueries({ queryKey: ["calls"] })), [desk, client]);
}
