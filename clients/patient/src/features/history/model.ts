/** The list of consultations. Plain functions. */
import type { Consultation } from "@consilium/kit/api";

export interface MonthGroup {
  /** First instant of the month in local time, milliseconds since 1970. */
  month: number;
  items: Consultation[];
}

/** Newest first, by calendar month of the reader's clock. */
export function byMonth(consultations: readonly Consultation[]): MonthGroup[] {
  const groups: MonthGroup[] = [];
  const sorted = [...consultations].sort((a, b) => b.requested_at.localeCompare(a.requested_at));
  for (const item of sorted) {
    const at = new Date(item.requested_at);
    const month = new Date(at.getFullYear(), at.getMonth(), 1).getTime();
    const last = groups[groups.length - 1];
    if (last?.month === month) last.items.push(item);
    else groups.push({ month, items: [item] });
  }
  return groups;
}

/** Where a row leads: an open one to the dialogue, a sealed one to its record, one without a talk nowhere. */
export function leadsTo({ phase }: Pick<Consultation, "phase">): "conversation" | "record" | null {
  if (phase === "archived") return "record";
  return phase === "cancelled" || phase === "abandoned" ? null : "conversation";
}
