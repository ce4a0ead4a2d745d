/** The plain context that commands decide from, and the effects they may have, taken from the desk. */

import type { ConsultationRow } from "@consilium/kit/api";
import { unlockSound } from "@consilium/kit/ui/speaker";
import { useMantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { play } from "../attention/sounds.ts";
import type { CommandContext, CommandEffects, CommandTarget } from "../commands/command.ts";
import { palette } from "../commands/palette-store.ts";
import { useDesk } from "../desk/DeskContext.tsx";
import type { Desk } from "../desk/desk.ts";
import { useCallEffects, useCommandCall } from "../features/call/index.ts";
import { useCommandCallback } from "../features/callback/index.ts";
import { useOffer } from "../features/offer/index.ts";
import { leaves, useStatus } from "../features/status/index.ts";
import { toggleFullScreen } from "../features/wallboard/index.ts";
import { isRunning } from "../live/actions.ts";
import { turnedTo } from "../live/card-tabs.ts";
import { useMyOperator, useReadable, useRow } from "../live/hooks.ts";
import { mayTakeNow } from "../live/offers.ts";
import { openConsultation } from "../live/route.ts";
import { isLead, leadsSomething, roleIn } from "../live/sections.ts";
import { neighbourTab } from "../live/tabs.ts";
import { isWorthKeeping, queryOf, sectionOfView } from "../live/views.ts";
import { type ConsoleValue, useConsole } from "../session/ConsoleContext.tsx";
import { focusPane, focusPaneNamed } from "../ui/Pane.tsx";
import { hasCardPane, shapeOf } from "./layout.ts";

export function useCommandContext(): CommandContext {
  const { me, actions, views: allViews } = useConsole();
  const { place, tabs, list, composer, finder, noteField, takeBack, callbackForm } = useDesk();
  const views = useReadable(allViews.items).size;
  const keepable = useMemo(() => isWorthKeeping(queryOf(place)), [place]);
  const openId = openConsultation(place);
  const row = useRow(openId);
  const states = useReadable(actions.states);
  const handle = useReadable(list);
  const writable = useReadable(composer) !== null;
  const findable = useReadable(finder) !== null;
  const notes = useReadable(noteField) !== null;
  const barBelow = useReadable(takeBack) !== null;
  const isFormOpen = useReadable(callbackForm) !== null;
  const { status } = useStatus();
  const windsUp = (useMyOperator()?.wrap_up_until ?? null) !== null;
  const operatorId = me.operator?.id ?? null;
  const callback = useCommandCallback();
  const offer = useOffer()?.row.id ?? null;
  const called = useCommandCall(row);
  const mayCallBack = callback?.mayCall === true;
  const call = useMemo(
    () => (mayCallBack ? { ...called, mayStart: true, mayJoin: false } : called),
    [called, mayCallBack],
  );
  return useMemo<CommandContext>(() => {
    const state = openId === null ? undefined : states.get(openId);
    const done = [...states.values()];
    const target: CommandTarget | null =
      row === null
        ? null
        : {
            id: row.id,
            phase: row.phase,
            mine: isLead(row, operatorId),
            guest: ![null, "lead"].includes(roleIn(row, operatorId)),
            busy: state?.status === "busy" || state?.status === "closing",
            writable,
            mayTake: mayTakeNow(row, operatorId),
            conclusion: hasConclusion(row),
            needsConclusion: row.conclusion_need === "required" && row.conclusion === null,
            needsFields: row.missing_fields.length > 0,
          };
    return {
      role: me.role === "supervisor" ? "supervisor" : "operator",
      section: place.section,
      target,
      callback,
      tabs: tabs.ids.length,
      listLength: handle?.length ?? 0,
      announced: handle?.announced ?? 0,
      views,
      keepable,
      offer,
      undoable: barBelow || done.some((each) => each.status === "closing"),
      closes: done.some(isRunning),
      details: place.id !== null && shapeOf(place.section) === "table" && !isFormOpen,
      writing: false,
      findable,
      notes,
      status,
      windsUp,
      call,
    };
  }, [
    me.role,
    operatorId,
    place.section,
    place.id,
    openId,
    row,
    states,
    tabs,
    handle,
    views,
    keepable,
    writable,
    findable,
    notes,
    barBelow,
    isFormOpen,
    status,
    windsUp,
    call,
    callback,
    offer,
  ]);
}

/** What the talk in front, and what staff notes beside it, offer by themselves. */
function talkEffects({ composer, finder, noteField }: Desk): Pick<CommandEffects, "reply" | "find" | "note"> {
  return {
    reply: () => composer.get()?.(),
    find: () => finder.get()?.(),
    note: () => noteField.get()?.(),
  };
}

export function useCommandEffects(): CommandEffects {
  const { me, actions, calls, callbackActions, prefs, views, signOut, desk: live } = useConsole();
  const desk = useDesk();
  const { set: setStatus, ready } = useStatus();
  const { t } = useTranslation();
  const { toggleColorScheme } = useMantineColorScheme();
  const callEffects = useCallEffects();
  return useMemo<CommandEffects>(() => {
    const { place, tabs, list, dialog, statusMenu, cardDrawer } = desk;
    const openId = openConsultation(place);
    const leads = () => leadsSomething(live.state.get().board.rows.values(), me.operator?.id ?? null);
    return {
      take: (id) => void actions.take(id),
      pass: (id) => void actions.pass(id),
      takeCallback: (id) => void callbackActions.take(id),
      releaseCallback: (id) => void callbackActions.release(id),
      telephoneCallback: (id) => void callbackActions.telephone(id),
      openConsultation: (id) => void callbackActions.openConsultation(id),
      askOfCallback: (form) => desk.callbackForm.set(form),
      ...talkEffects(desk),
      askTags: (id) => dialog.set({ kind: "tags", consultationId: id }),
      askFields: (id, closing) => dialog.set({ kind: "fields", consultationId: id, closing }),
      askFollowUp: (id) => dialog.set({ kind: "follow-up", wish: { consultationId: id } }),
      openCanned: () => dialog.set({ kind: "canned" }),
      chooseMacro: (id) => dialog.set({ kind: "macro", consultationId: id, macroId: null }),
      openMacroSettings: () => dialog.set({ kind: "macro-settings" }),
      openTagSettings: () => dialog.set({ kind: "tag-settings" }),
      hold: (id) => void actions.hold(id),
      resume: (id) => void actions.resume(id),
      close: (id) => actions.close(id),
      openConclusion: (id, closing) => {
        desk.closeWaits.set(closing ? id : null);
        turnToConclusion(desk, live, id);
        if (hasCardPane()) prefs.change({ cardOpen: true });
        else cardDrawer.set(true);
        requestAnimationFrame(() => focusPaneNamed("card"));
      },
      askTransfer: (id) => dialog.set({ kind: "transfer", consultationId: id }),
      askInvite: (id) => dialog.set({ kind: "invite", consultationId: id }),
      askTakeOver: (id) => dialog.set({ kind: "take-over", consultationId: id }),
      watch: (id) => {
        if (me.operator !== null) void actions.invite(id, me.operator.id, "observer");
      },
      leaveConsultation: (id) => {
        if (me.operator !== null) void leave(id, me.operator.id, { calls, actions });
      },
      ...callEffects,
      undo: () => (desk.takeBack.get() ?? (() => actions.undo()))(),
      noteOfClose: () => actions.writeNote(),
      moveInList: (step) => list.get()?.step(step),
      moveInTabs: (step) => {
        const id = neighbourTab(tabs, openId, step);
        if (id !== null) desk.showTab(id);
      },
      closeTab: () => {
        if (openId !== null) desk.closeTab(openId);
      },
      showAnnounced: () => list.get()?.showAnnounced(),
      focusSearch: () => list.get()?.focusSearch(),
      leaveText: () => focusPaneNamed("main"),
      closeDetails: () => desk.open(null),
      movePane: focusPane,
      go: desk.goSection,
      goView: (index) => {
        const view = [...views.items.get().values()][index];
        if (view !== undefined) desk.goSection(sectionOfView(view), { view: view.id });
      },
      saveView: () => {
        const query = queryOf(place);
        if (isWorthKeeping(query)) dialog.set({ kind: "save-view", query, name: "" });
      },
      openViews: () => dialog.set({ kind: "views" }),
      toggleCard: () => {
        if (hasCardPane()) prefs.change({ cardOpen: !prefs.prefs.get().cardOpen });
        else cardDrawer.set(!cardDrawer.get());
      },
      openPalette: () => palette.open(),
      openShortcuts: () => dialog.set({ kind: "shortcuts" }),
      openStatus: () => statusMenu.set(true),
      openSettings: () => dialog.set({ kind: "settings" }),
      setStatus: (status) => {
        if (status === "away" || status === "break") dialog.set({ kind: "reason", status });
        else if (leaves(status) && leads()) dialog.set({ kind: "leave", status, signsOut: false });
        else void setStatus(status);
      },
      ready: () => void ready(),
      toggleDensity: () =>
        prefs.change({ density: prefs.prefs.get().density === "dense" ? "comfortable" : "dense" }),
      toggleTheme: toggleColorScheme,
      toggleFullScreen: () => void toggleFullScreen(),
      testSound: () => void testSound(prefs.prefs.get().volume, t),
      addPatient: () => dialog.set({ kind: "new-patient" }),
      addOperator: () => dialog.set({ kind: "operator", operatorId: null }),
      addApiKey: () => dialog.set({ kind: "api-key", keyId: null }),
      addWebhook: () => dialog.set({ kind: "webhook", webhookId: null }),
      signOut: () => {
        if (leads()) dialog.set({ kind: "leave", status: "offline", signsOut: true });
        // Who signs out works no more; without a network he signs out all the same.
        else void setStatus("offline").finally(signOut);
      },
    };
  }, [
    me.operator,
    calls,
    actions,
    callbackActions,
    callEffects,
    desk,
    live,
    prefs,
    views,
    setStatus,
    ready,
    signOut,
    t,
    toggleColorScheme,
  ]);
}

/** Plays it also where the desk is silent, and says whether the browser let it. */
async function testSound(volume: number, t: TFunction): Promise<void> {
  const unlocked = await unlockSound();
  play("waiting", Math.max(volume, 0.2));
  notifications.show({
    message: t(unlocked ? "sound.tested" : "sound.blocked"),
    closeButtonProps: { "aria-label": t("close") },
  });
}

/** Turns the card of the consultation's patient to what is written for him. */
function turnToConclusion({ cardTabs }: Desk, live: ConsoleValue["desk"], id: string): void {
  const patient = live.state.get().board.rows.get(id)?.patient;
  if (patient !== undefined) cardTabs.set(turnedTo(cardTabs.get(), patient.id, "conclusion"));
}

/** Whether one is written, or was, and the consultation stands where it can be. */
function hasConclusion(row: ConsultationRow): boolean {
  const isLed = row.phase === "active" || row.phase === "on_hold" || row.phase === "archived";
  return isLed && row.conclusion_need !== "off";
}

/** Out of its call first: whoever is out of the room cannot say any more that he has left the call. */
async function leave(
  id: string,
  operatorId: string,
  { calls, actions }: Pick<ConsoleValue, "calls" | "actions">,
): Promise<void> {
  const place = calls.place.get();
  if (place?.at === "in" && place.call.consultation_id === id) {
    await calls.hangUp();
    await place.media.leave();
  }
  await actions.sendOut(id, operatorId);
}
