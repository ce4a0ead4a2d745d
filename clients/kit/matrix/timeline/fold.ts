/**
 * Finished consultations fold into cards: one life-long dialogue that does not bury what is said today.
 * The latest consultation is never folded, whether it is open or just finished.
 */
import type { ClosedItem, ConsultationItem, Person, TimelineItem } from "../types.ts";

const ENDS: readonly ConsultationItem["change"][] = ["archived", "cancelled", "abandoned"];

/** `opened`: ids of consultations that the reader has unfolded. `complete`: the list begins at the very start. */
export function foldClosed(
  items: readonly TimelineItem[],
  opened: ReadonlySet<string>,
  complete: boolean,
): TimelineItem[] {
  const segments = segmentsOf(items);
  const out: TimelineItem[] = [];
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1 || segmentIsTail(segments, index);
    const cut = index === 0 && !complete;
    if (segment.end === null || last || cut) out.push(...segment.items);
    else out.push(...folded(segment.items, segment.end, opened.has(segment.end.consultationId)));
  });
  return out;
}

/** The finished consultation into which an item would be folded; `null`: it is the latest, or there is no such item. */
export function foldedWith(items: readonly TimelineItem[], key: string): string | null {
  const at = items.findIndex((item) => item.key === key);
  if (at < 0) return null;
  const end = items.slice(at).find((item) => item.kind === "consultation" && ENDS.includes(item.change));
  return end?.kind === "consultation" ? end.consultationId : null;
}

interface Segment {
  items: TimelineItem[];
  /** What ended it; `null` for what is said after the last end. */
  end: ConsultationItem | null;
}

/** Everything after one end, up to and with the next, belongs together: also a message that re-opened the talk. */
function segmentsOf(items: readonly TimelineItem[]): Segment[] {
  const segments: Segment[] = [];
  let current: TimelineItem[] = [];
  for (const item of items) {
    current.push(item);
    if (item.kind === "consultation" && ENDS.includes(item.change)) {
      segments.push({ items: current, end: item });
      current = [];
    }
  }
  segments.push({ items: current, end: null });
  return segments;
}

/** The last finished one stays open while nothing new has been said. */
function segmentIsTail(segments: readonly Segment[], index: number): boolean {
  return index === segments.length - 2 && segments[segments.length - 1]?.items.length === 0;
}

function folded(items: readonly TimelineItem[], end: ConsultationItem, open: boolean): TimelineItem[] {
  const people = new Map<string, Person>();
  let messages = 0;
  for (const item of items) {
    if (item.kind === "message") messages += 1;
    if (item.kind === "consultation") for (const person of item.people) people.set(person.userId, person);
  }
  const first = items.find((item) => "at" in item && item.kind !== "day");
  const card: ClosedItem = {
    kind: "closed",
    key: `closed:${end.key}`,
    consultationId: end.consultationId,
    startedAt: first !== undefined && "at" in first ? first.at : end.at,
    endedAt: end.at,
    messages,
    people: [...people.values()],
    open,
  };
  // What was written for the patient stays in sight.
  return [card, ...(open ? items : items.filter(({ kind }) => kind === "conclusion"))];
}
