/**
 * The timeline. Virtualised; stays at the end while one reads the end; keeps its place when earlier messages come in
 * above. Readers of the screen hear each new message once, from a live region of its own.
 */
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { MessageItem, TimelineItem, TimelineSnapshot } from "../matrix/types.ts";
import { Bubble } from "./Bubble.tsx";
import { ClosedConsultation } from "./ClosedConsultation.tsx";
import { ConclusionLine } from "./ConclusionLine.tsx";
import { CallbackLine } from "./call/CallbackLine.tsx";
import { CallLine } from "./call/CallLine.tsx";
import { useDensity } from "./density.tsx";
import { ErrorNotice } from "./ErrorNotice.tsx";
import { handedOverStarts } from "./handed-over.ts";
import { IconArrowDown } from "./icons.ts";
import css from "./MessageList.module.css";
import type { MessageListProps } from "./props.ts";
import {
  AbsenceSeparator,
  ConsultationSeparator,
  DaySeparator,
  HandedOverSeparator,
  UnreadSeparator,
  WhomSeparator,
} from "./Separators.tsx";
import { SkeletonBlock, SkeletonGroup } from "./Skeletons.tsx";
import { senderName } from "./sender.ts";

/** Distance to the end, in pixels, that still counts as «reading the end». */
const END_SLACK = 80;
/** Earlier messages are fetched when this close to the start. */
const START_SLACK = 600;

export function MessageList(props: MessageListProps) {
  const { snapshot } = props;
  const { t } = useTranslation("kit");
  const density = useDensity();
  if (snapshot.status === "loading") return <ListSkeleton label={t("list.loading")} />;
  if (snapshot.items.length === 0 && snapshot.start === "reached")
    return <div className={css.empty}>{props.empty}</div>;
  return <LoadedList key={density} {...props} />;
}

function LoadedList(props: MessageListProps) {
  const { snapshot, onLoadEarlier, onSeen, label } = props;
  const { t } = useTranslation("kit");
  const { items } = snapshot;
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<VirtualizerHandle>(null);
  const { atEnd, missed, prepending, onScroll, toEnd, stay } = useEnd(
    items,
    scroller,
    snapshot.start === "more",
    onLoadEarlier,
  );
  useSeen(atEnd, items.length, onSeen);
  const handedOver = useMemo(() => handedOverStarts(items), [items]);

  useShown(props.shown ?? null, items, handle, stay);

  const { onToggleClosed } = props;
  const toggleClosed = useCallback(
    (consultationId: string) => {
      stay();
      onToggleClosed?.(consultationId);
    },
    [stay, onToggleClosed],
  );

  const show = useCallback(
    (eventId: string) => {
      const index = items.findIndex((item) => item.kind === "message" && item.eventId === eventId);
      if (index >= 0) handle.current?.scrollToIndex(index, { align: "center" });
    },
    [items],
  );

  return (
    <div className={css.frame}>
      <div ref={scroller} className={css.scroller} tabIndex={0} role="group" aria-label={label}>
        <div className={css.spring} />
        <Virtualizer ref={handle} scrollRef={scroller} shift={prepending} onScroll={onScroll}>
          {items.map((item) => (
            <Row
              key={item.key}
              item={item}
              {...props}
              handedOver={handedOver.has(item.key)}
              onShowReply={show}
              onToggleClosed={toggleClosed}
            />
          ))}
        </Virtualizer>
        <TypingLine snapshot={snapshot} />
      </div>
      <StartOfList snapshot={snapshot} onLoadEarlier={onLoadEarlier} />
      {snapshot.unreadableCount > 0 && (
        <HistoryNotice count={snapshot.unreadableCount} onRequest={props.onRequestHistory} />
      )}
      {!atEnd && (
        <button type="button" className={css.toEnd} onClick={toEnd}>
          <IconArrowDown size={20} stroke={1.75} aria-hidden />
          <span>{missed > 0 ? t("list.newBelow", { count: missed }) : t("list.toEnd")}</span>
        </button>
      )}
      <Announcer items={items} />
    </div>
  );
}

/** Where the reader is, and what came meanwhile. */
function useEnd(
  items: readonly TimelineItem[],
  scroller: React.RefObject<HTMLDivElement | null>,
  canLoadEarlier: boolean,
  onLoadEarlier: () => void,
) {
  const [atEnd, setAtEnd] = useState(true);
  const [missed, setMissed] = useState(0);
  const sticky = useRef(true);
  const hand = useHand(scroller);
  const { isHeld, whenLetGo } = useFinger(scroller);
  const seen = useRef({ top: 0, height: 0, width: 0 });
  const before = useRef<{ first: string; last: string; count: number } | null>(null);
  // A day begins before its first message wherever that is: only what was said tells whether something came in above.
  const first = items.find((item) => item.kind !== "day")?.key ?? "";
  const last = items[items.length - 1]?.key ?? "";
  const prepending =
    before.current !== null && before.current.last === last && before.current.first !== first;

  const hold = useCallback(() => holdEnd(scroller.current, isHeld), [scroller, isHeld]);
  const toEnd = useCallback(() => {
    sticky.current = true;
    hold();
    // The button that was pressed goes: the keyboard is in the list.
    scroller.current?.focus({ preventScroll: true });
    setMissed(0);
  }, [hold, scroller]);

  useLayoutEffect(() => {
    const earlier = before.current;
    before.current = { first, last, count: items.length };
    const newest = items[items.length - 1];
    const appended = earlier !== null && earlier.last !== last;
    if (appended && newest?.kind === "message" && newest.mine && newest.eventId === null)
      sticky.current = true;
    if (earlier === null || sticky.current) hold();
    else if (appended) setMissed((n) => n + Math.max(1, items.length - earlier.count));
  }, [items, first, last, hold]);

  useEffect(() => whenLetGo(() => sticky.current && hold()), [whenLetGo, hold]);

  // Rows measured late (pictures, fonts, the keyboard of a phone) must not push the end out of sight.
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => {
      if (sticky.current && !isHeld()) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    for (const child of box.children) observer.observe(child);
    return () => observer.disconnect();
  }, [scroller, isHeld]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (box === null) return;
    const { scrollTop, scrollHeight, clientHeight, clientWidth } = box;
    const left = scrollHeight - scrollTop - clientHeight;
    const { top, height, width } = seen.current;
    // Only a reader leaves the end, by going up. Rows that turn out higher, or a window that gets narrower, move the end away from him: he is taken along.
    const asMeasured = scrollHeight === height && clientWidth === width;
    if (left <= END_SLACK) {
      sticky.current = true;
      hand.current = false;
    } else if (scrollTop < top && (hand.current || asMeasured)) sticky.current = false;
    seen.current = { top: scrollTop, height: scrollHeight, width: clientWidth };
    setAtEnd(sticky.current);
    if (sticky.current) setMissed(0);
    if (canLoadEarlier && box.scrollTop < START_SLACK) onLoadEarlier();
  }, [scroller, hand, canLoadEarlier, onLoadEarlier]);

  // A short first page does not fill the screen: nobody can scroll up to ask for more.
  useEffect(() => {
    const box = scroller.current;
    if (canLoadEarlier && box !== null && box.scrollHeight <= box.clientHeight + START_SLACK) onLoadEarlier();
  }, [scroller, canLoadEarlier, onLoadEarlier]);

  /** What a reader unfolds opens under his eyes: the list stays where it is. */
  const stay = useCallback(() => {
    sticky.current = false;
  }, []);

  return { atEnd, missed, prepending, onScroll, toEnd, stay };
}

/** Between a press and its end nothing moves: a button that goes away under a finger is not pressed. */
function useFinger(scroller: React.RefObject<HTMLDivElement | null>) {
  const held = useRef(false);
  const isHeld = useCallback(() => held.current, []);
  const whenLetGo = useCallback(
    (then: () => void) => {
      const box = scroller.current;
      const down = () => {
        held.current = true;
      };
      const up = () => {
        if (!held.current) return;
        held.current = false;
        // Behind the click that follows.
        setTimeout(then);
      };
      box?.addEventListener("pointerdown", down, { passive: true });
      for (const kind of LET_GO) addEventListener(kind, up);
      return () => {
        box?.removeEventListener("pointerdown", down);
        for (const kind of LET_GO) removeEventListener(kind, up);
      };
    },
    [scroller],
  );
  return { isHeld, whenLetGo };
}

const LET_GO = ["pointerup", "pointercancel", "blur"] as const;

/** Whether the reader moved the list since it was last at its end. Who presses a photo in it moves nothing. */
function useHand(scroller: React.RefObject<HTMLDivElement | null>): React.RefObject<boolean> {
  const hand = useRef(false);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const touched = (event: Event) => {
      if (movesUp(event, box)) hand.current = true;
    };
    for (const kind of HANDS) box.addEventListener(kind, touched, { passive: true });
    return () => {
      for (const kind of HANDS) box.removeEventListener(kind, touched);
    };
  }, [scroller]);
  return hand;
}

const HANDS = ["wheel", "touchmove", "pointerdown", "keydown"] as const;

function movesUp(event: Event, box: HTMLElement): boolean {
  if (event instanceof WheelEvent) return event.deltaY < 0;
  if (event instanceof KeyboardEvent) return ["ArrowUp", "PageUp", "Home", " "].includes(event.key);
  // The scroll bar belongs to the list itself.
  return event.type === "touchmove" || event.target === box;
}

/** The line under the last message is part of the end; rows are measured in the frames that follow. */
function holdEnd(box: HTMLElement | null, isHeld: () => boolean): void {
  if (box === null) return;
  const down = () => {
    if (!isHeld()) box.scrollTop = box.scrollHeight;
  };
  requestAnimationFrame(() => {
    down();
    requestAnimationFrame(down);
  });
}

/** Brings a message into sight that somebody looks for, once it is drawn: it may lie in what is just being unfolded. */
function useShown(
  shown: { readonly key: string } | null,
  items: readonly TimelineItem[],
  handle: React.RefObject<VirtualizerHandle | null>,
  stay: () => void,
): void {
  const done = useRef<object | null>(null);
  useEffect(() => {
    if (shown === null || done.current === shown) return;
    const index = items.findIndex((item) => item.key === shown.key);
    if (index < 0) return;
    done.current = shown;
    stay();
    handle.current?.scrollToIndex(index, { align: "center" });
  }, [shown, items, handle, stay]);
}

/** Tells the app that the end was seen: on screen, in a window that has the focus. */
function useSeen(atEnd: boolean, count: number, onSeen: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `count` is the reason to tell again
  useEffect(() => {
    if (!atEnd) return;
    const tell = () => document.visibilityState === "visible" && document.hasFocus() && onSeen();
    tell();
    addEventListener("focus", tell);
    document.addEventListener("visibilitychange", tell);
    return () => {
      removeEventListener("focus", tell);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [atEnd, count, onSeen]);
}

type RowProps = MessageListProps & {
  item: TimelineItem;
  handedOver: boolean;
  onShowReply: (eventId: string) => void;
};

function Row({ item, renderItem, handedOver, ...props }: RowProps): ReactNode {
  const own = renderItem?.(item) ?? null;
  if (own !== null) return own;
  switch (item.kind) {
    case "day":
      return <DaySeparator item={item} />;
    case "unread":
      return <UnreadSeparator />;
    case "consultation":
      return <ConsultationSeparator item={item} />;
    case "call":
      return <CallLine item={item} side={null} />;
    case "callback":
      return <CallbackLine item={item} />;
    case "conclusion":
      return <ConclusionLine item={item} />;
    case "whom":
      return <WhomSeparator item={item} />;
    case "absence":
      return <AbsenceSeparator item={item} />;
    case "closed":
      return <ClosedConsultation item={item} onToggle={() => props.onToggleClosed?.(item.consultationId)} />;
    case "message":
      return (
        <>
          {handedOver && <HandedOverSeparator />}
          <Bubble message={item} {...props} />
        </>
      );
  }
}

/** Floats over the top, so that the rows keep their place. */
function StartOfList({ snapshot, onLoadEarlier }: { snapshot: TimelineSnapshot; onLoadEarlier: () => void }) {
  const { t } = useTranslation("kit");
  if (snapshot.start === "failed") {
    return (
      <div className={css.start}>
        <ErrorNotice
          tone="warning"
          title={t("list.earlierFailed")}
          action={{ label: t("list.again"), onClick: onLoadEarlier }}
        />
      </div>
    );
  }
  return (
    <div className={css.start} role="status">
      {snapshot.start === "loading" && <span className={css.pill}>{t("list.earlierLoading")}</span>}
    </div>
  );
}

function HistoryNotice({ count, onRequest }: { count: number; onRequest: () => void }) {
  const { t } = useTranslation("kit");
  return (
    <div className={css.history} role="status">
      <span>{t("list.historyLoading", { count })}</span>
      <button type="button" className={css.historyButton} onClick={onRequest}>
        {t("list.again")}
      </button>
    </div>
  );
}

function TypingLine({ snapshot }: { snapshot: TimelineSnapshot }) {
  const { t } = useTranslation("kit");
  const names = snapshot.typing.map((person) => person.name);
  return (
    <p className={css.typing} role="status">
      {names.length > 0 && (
        <>
          <span className={css.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {t("list.typing", { name: names[0], count: names.length })}
        </>
      )}
    </p>
  );
}

/** Says new messages of others aloud, and nothing of what scrolling brings in. */
function Announcer({ items }: { items: readonly TimelineItem[] }) {
  const { t } = useTranslation("kit");
  const said = useRef<string | null>(null);
  const last = items.findLast((item): item is MessageItem => item.kind === "message" && !item.mine);
  const [text, setText] = useState("");
  useEffect(() => {
    const key = last?.key ?? null;
    if (said.current !== null && key !== null && key !== said.current && last !== undefined) {
      const body = last.body.type === "text" ? last.body.text : t(`kind.${last.body.type}`);
      setText(`${senderName(last.sender, t)}: ${body}`);
    }
    said.current = key ?? "";
  }, [last, t]);
  return (
    <p className="unseen" aria-live="polite">
      {text}
    </p>
  );
}

const SKELETON_WIDTHS = ["55%", "70%", "40%", "62%", "35%"] as const;

function ListSkeleton({ label }: { label: string }) {
  return (
    <div className={css.skeleton}>
      <SkeletonGroup label={label}>
        {SKELETON_WIDTHS.map((width, row) => (
          <div key={width} className={css.skeletonRow} data-mine={row % 2 === 1}>
            <SkeletonBlock width={width} height={row === 1 ? 68 : 44} radius={20} />
          </div>
        ))}
      </SkeletonGroup>
    </div>
  );
}
