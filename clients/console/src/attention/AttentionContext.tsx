/** Watches the live board and calls the operator: sound, title, system notification. Says what has not been seen yet. */
import { useBrand } from "@consilium/kit/brand";
import { useTone } from "@consilium/kit/ui/call";
import { soundIsBlocked, unlockSound } from "@consilium/kit/ui/speaker";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { useDueFollowUps, useFollowUpEvents } from "../live/follow-ups.ts";
import { useBoard, useCounts, useDeskState, useMyOperator, useReadable } from "../live/hooks.ts";
import { openConsultation } from "../live/route.ts";
import { isQueueSection } from "../live/sections.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import {
  type Attention,
  CALM,
  heardCall,
  type Noticed,
  notice,
  noticeAlarms,
  noticeCall,
  noticeDue,
  noticeLate,
  noticeOverdue,
  ringing,
  type Signal,
  sawConversation,
  sawDue,
  sawLate,
  sawOverdue,
  sawWaiting,
  titleCount,
} from "./model.ts";
import { play, REPEAT_MS } from "./sounds.ts";
import { useRuleAlarms } from "./useRuleAlarms.ts";
import { useTabIcon } from "./useTabIcon.ts";

interface AttentionValue {
  readonly attention: Attention;
  /** The browser keeps the page silent until somebody presses something. */
  readonly blocked: boolean;
  readonly acknowledge: () => void;
  /** The supervisor knows of what is overdue. */
  readonly acknowledgeOverdue: () => void;
  /** The supervisor knows who waits longer than is promised. */
  readonly acknowledgeLate: () => void;
  /** The operator knows of what he wanted to come back to. */
  readonly acknowledgeDue: () => void;
  /** The call that rings was heard: no more sound. */
  readonly acknowledgeCall: () => void;
}

const AttentionContext = createContext<AttentionValue | null>(null);

export function useAttention(): AttentionValue {
  const value = use(AttentionContext);
  if (value === null) throw new Error("useAttention outside AttentionProvider");
  return value;
}

/** Whether the window has the focus, as state. */
function useFocused(): boolean {
  const [focused, setFocused] = useState(() => document.hasFocus());
  useEffect(() => {
    const update = () => setFocused(document.hasFocus() && document.visibilityState === "visible");
    window.addEventListener("focus", update);
    window.addEventListener("blur", update);
    document.addEventListener("visibilitychange", update);
    return () => {
      window.removeEventListener("focus", update);
      window.removeEventListener("blur", update);
      document.removeEventListener("visibilitychange", update);
    };
  }, []);
  return focused;
}

/** Sounds become possible at the first press on the page. */
function useUnlocking(): boolean {
  const [blocked, setBlocked] = useState(soundIsBlocked);
  useEffect(() => {
    if (!blocked) return;
    const unlock = () => void unlockSound().then((unlocked) => setBlocked(!unlocked));
    window.addEventListener("pointerdown", unlock);
    window.addEventListener("keydown", unlock);
    return () => {
      window.removeEventListener("pointerdown", unlock);
      window.removeEventListener("keydown", unlock);
    };
  }, [blocked]);
  return blocked;
}

function useSystemNotifications(): (signal: Signal) => void {
  const { t } = useTranslation();
  const { name, icon_url } = useBrand();
  return useCallback(
    (signal) => {
      if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
      // Never a name or a word of the talk: the lock screen is read by others.
      const shown = new Notification(name, {
        body: t(`notification.${signal}`),
        icon: icon_url,
        tag: `consilium-${signal}`,
      });
      shown.onclick = () => {
        window.focus();
        shown.close();
      };
    },
    [name, icon_url, t],
  );
}

export function AttentionProvider({ children }: { children: ReactNode }) {
  const { prefs } = useConsole();
  const { place } = useDesk();
  const board = useBoard();
  const ready = useDeskState().status === "ready";
  const me = useMyOperator();
  const focused = useFocused();
  const blocked = useUnlocking();
  const notify = useSystemNotifications();
  const { volume, notifications } = useReadable(prefs.prefs);
  const [attention, setAttention] = useState<Attention>(CALM);
  const kept = useRef(attention);
  const openId = openConsultation(place);

  const update = useCallback((next: Attention) => {
    kept.current = next;
    setAttention(next);
  }, []);

  useEffect(() => {
    if (!ready || me === null) return;
    let before = kept.current;
    if (focused && openId !== null) before = sawConversation(before, openId);
    const desk = {
      operatorId: me.id,
      status: me.status,
      queues: me.queues,
      routed: new Set([...board.queues.values()].filter((queue) => queue.is_routed).map(({ id }) => id)),
      looking: focused ? openId : null,
    };
    const { attention: next, signals } = notice(before, board.rows.values(), desk);
    update(next);
    for (const signal of signals) {
      if (signal !== "call" && signal !== "late" && signal !== "alarm" && signal !== "due")
        play(signal === "invited" ? "mine" : signal, volume);
      if (!focused && notifications) notify(signal);
    }
  }, [board, ready, me, focused, openId, update, volume, notifications, notify]);

  // What supervisors are told besides.
  const { role } = useConsole().me;
  const tell = useCallback(
    ({ attention: next, signals: [signal] }: Noticed) => {
      update(next);
      if (signal === undefined) return;
      play(signal === "late" ? "late" : "overdue", volume);
      if (!focused && notifications) notify(signal);
    },
    [focused, update, volume, notifications, notify],
  );
  useEffect(() => {
    if (ready) tell(noticeOverdue(kept.current, board.callbacks.values(), role === "supervisor"));
  }, [board.callbacks, ready, role, tell]);
  useEffect(() => {
    if (ready) tell(noticeLate(kept.current, board.rows.values(), role === "supervisor"));
  }, [board.rows, ready, role, tell]);
  const alarms = useRuleAlarms();
  useEffect(
    () =>
      tell(
        noticeAlarms(
          kept.current,
          alarms.items.map(({ id }) => id),
        ),
      ),
    [alarms, tell],
  );

  useFollowUpEvents();
  const { items: due } = useDueFollowUps();
  useEffect(() => {
    const told = noticeDue(kept.current, due);
    update(told.attention);
    if (told.signals.length === 0) return;
    play("mine", volume);
    if (!focused && notifications) notify("due");
  }, [due, focused, update, volume, notifications, notify]);

  const rings = useRingingCall();
  useEffect(() => {
    const { attention: next, signals } = noticeCall(kept.current, rings);
    update(next);
    if (signals.length > 0 && !focused && notifications) notify("call");
  }, [rings, focused, update, notifications, notify]);

  const signal = ringing(attention);
  useTone(signal === "call" && volume > 0 ? "ring" : null, volume);
  useEffect(() => {
    if (signal === null || signal === "call") return;
    const timer = setInterval(() => play(signal, volume), REPEAT_MS);
    return () => clearInterval(timer);
  }, [signal, volume]);

  // Looking at the waiting list for a moment is an answer to its bell.
  useEffect(() => {
    if (!focused || place.section !== "waiting" || attention.waiting.size === 0) return;
    const timer = setTimeout(() => update(sawWaiting(kept.current)), 4_000);
    return () => clearTimeout(timer);
  }, [focused, place.section, attention.waiting, update]);

  useEffect(() => {
    if (!focused || place.section !== "callbacks" || attention.overdue.size === 0) return;
    const timer = setTimeout(() => update(sawOverdue(kept.current)), 4_000);
    return () => clearTimeout(timer);
  }, [focused, place.section, attention.overdue, update]);

  useEffect(() => {
    if (!focused || !isQueueSection(place.section) || attention.late.size === 0) return;
    const timer = setTimeout(() => update(sawLate(kept.current)), 4_000);
    return () => clearTimeout(timer);
  }, [focused, place.section, attention.late, update]);

  useEffect(() => {
    if (!focused || place.section !== "follow-ups" || attention.due.size === 0) return;
    const timer = setTimeout(() => update(sawDue(kept.current)), 4_000);
    return () => clearTimeout(timer);
  }, [focused, place.section, attention.due, update]);

  useTitle(attention.mine.size);
  const acknowledge = useCallback(() => update(sawWaiting(kept.current)), [update]);
  const acknowledgeOverdue = useCallback(() => update(sawOverdue(kept.current)), [update]);
  const acknowledgeLate = useCallback(() => update(sawLate(kept.current)), [update]);
  const acknowledgeDue = useCallback(() => update(sawDue(kept.current)), [update]);
  const acknowledgeCall = useCallback(() => update(heardCall(kept.current)), [update]);
  const value = useMemo(
    () => ({
      attention,
      blocked,
      acknowledge,
      acknowledgeOverdue,
      acknowledgeLate,
      acknowledgeDue,
      acknowledgeCall,
    }),
    [attention, blocked, acknowledge, acknowledgeOverdue, acknowledgeLate, acknowledgeDue, acknowledgeCall],
  );
  return <AttentionContext value={value}>{children}</AttentionContext>;
}

/** What tells the call that rings here, and is not being answered yet, from others. */
function useRingingCall(): string | null {
  const { calls, invitations } = useConsole();
  const place = useReadable(calls.place);
  const invitation = useReadable(invitations.current);
  if (place?.at === "ringing") return place.answering ? null : place.call.id;
  return invitation?.key ?? null;
}

function useTitle(unread: number): void {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { place } = useDesk();
  const counts = useCounts();
  const count = counts.waiting + unread;
  useTabIcon(count);
  useEffect(() => {
    // On an installed console the number stands on its icon too.
    void (count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())?.catch(() => undefined);
    document.title = `${titleCount(counts.waiting, unread)}${t(`section.${place.section}`)} · ${name}`;
  }, [count, counts.waiting, unread, place.section, name, t]);
}
