/** The list of consultations and call-backs. Plain functions. */
import type { Callback, Consultation, Person } from "@consilium/kit/api";

export type HistoryItem =
  | { kind: "consultation"; id: string; at: string; consultation: Consultation }
  | { kind: "callback"; id: string; at: string; callback: Callback };

export function historyOf(
  consultations: readonly Consultation[],
  callbacks: readonly Callback[],
): HistoryItem[] {
  return [
    ...consultations.map((each) => ({
      kind: "consultation" as const,
      id: each.id,
      at: each.requested_at,
      consultation: each,
    })),
    ...callbacks.map((each) => ({
      kind: "callback" as const,
      id: each.id,
      at: each.requested_at,
      callback: each,
    })),
  ];
}

/** Everybody's, and one's own; no id of a person is one of these. */
export const ALL = "all";
export const SELF = "self";

/** Whose history an address asks for: one's own, somebody's of these, else everybody's. */
export function whoseOf(wanted: string | null, persons: readonly Pick<Person, "id">[]): string {
  const isKnown = wanted === SELF || persons.some(({ id }) => id === wanted);
  return wanted !== null && isKnown ? wanted : ALL;
}

/** Call-backs that are about whom the history is asked for. */
export function callbacksOf(callbacks: readonly Callback[], whose: string): readonly Callback[] {
  if (whose === ALL) return callbacks;
  return callbacks.filter(({ person }) => (person?.id ?? SELF) === whose);
}

export interface MonthGroup {
  /** First instant of the month in local time, milliseconds since 1970. */
  month: number;
  items: HistoryItem[];
}

/** Newest first, by calendar month of the reader's clock. */
export function byMonth(history: readonly HistoryItem[]): MonthGroup[] {
  const groups: MonthGroup[] = [];
  const sorted = [...history].sort((a, b) => b.at.localeCompare(a.at));
  for (const item of sorted) {
    const at = new Date(item.at);
    const month = new Date(at.getFullYear(), at.getMonth(), 1).getTime();
    const last = groups[groups.length - 1];
    if (last?.month === month) last.items.push(item);
    else groups.push({ month, items: [item] });
  }
  return groups;
}

/** Where a row leads: an open one to the dialogue, a sealed one to its record, one without a talk or whose talk was erased nowhere. */
export function leadsTo({
  phase,
  erased_at,
}: Pick<Consultation, "phase" | "erased_at">): "conversation" | "record" | null {
  if (erased_at !== null) return null;
  if (phase === "archived") return "record";
  return phase === "cancelled" || phase === "abandoned" ? null : "conversation";
}
