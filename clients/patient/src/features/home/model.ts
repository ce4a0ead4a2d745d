/** What the first screen says. Plain functions. */
import type { Consultation, Conversation, Service } from "@consilium/kit/api";

/** Key of the greeting for the hour of the reader's clock. */
export function greetingKey(hour: number): "home.night" | "home.morning" | "home.day" | "home.evening" {
  if (hour < 5) return "home.night";
  if (hour < 12) return "home.morning";
  if (hour < 18) return "home.day";
  return "home.evening";
}

/** «Anna» of «Anna Kuznetsova»: a greeting by the first word of the name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}

export interface OpenCard {
  conversationId: string;
  consultation: Consultation;
}

/** Open consultations, those with an operator first, then by time. */
export function openCards(conversations: readonly Conversation[]): OpenCard[] {
  const cards = conversations.flatMap(({ id, open_consultation }) =>
    open_consultation === null ? [] : [{ conversationId: id, consultation: open_consultation }],
  );
  const rank = (card: OpenCard) => (card.consultation.phase === "queued" ? 1 : 0);
  return cards.sort(
    (a, b) => rank(a) - rank(b) || a.consultation.requested_at.localeCompare(b.consultation.requested_at),
  );
}

export type ServiceState = "on-duty" | "nobody" | "closed";

export function serviceState({
  open,
  operators_online,
}: Pick<Service, "open" | "operators_online">): ServiceState {
  if (!open) return "closed";
  return operators_online > 0 ? "on-duty" : "nobody";
}

/** Nobody answers now, in no service: when the first one opens, if that is known. `null`: somebody is on duty, or there is nothing to ask. */
export function nobodyOnDuty(services: readonly Service[]): { opensAt: string | null } | null {
  if (services.length === 0 || services.some((service) => serviceState(service) === "on-duty")) return null;
  // Where a service is open its operators may come any minute.
  if (services.some(({ open }) => open)) return { opensAt: null };
  const times = services.flatMap(({ hours }) => hours?.opens_at ?? []).sort();
  return { opensAt: times[0] ?? null };
}

/** Open ones first; within that the partner's own order. */
export function sortServices(services: readonly Service[]): Service[] {
  return [...services].sort((a, b) => Number(b.open) - Number(a.open));
}

export function restingConversations(conversations: readonly Conversation[]): Conversation[] {
  return conversations.filter(({ open_consultation }) => open_consultation === null);
}

/** By conversation, the name of the queue that was asked last. */
export function lastQueueNames(consultations: readonly Consultation[]): Map<string, string> {
  const sorted = [...consultations].sort((a, b) => a.requested_at.localeCompare(b.requested_at));
  return new Map(sorted.map(({ conversation_id, queue }) => [conversation_id, queue.name]));
}
