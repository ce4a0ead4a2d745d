/** A pretend consultation, which scenes change as they need. */
import type { Consultation } from "@consilium/kit/api";

export const ROOM = "!room:demo.example";

/** That many minutes before now. */
export function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function consultation(part: Partial<Consultation>, ru: boolean): Consultation {
  return {
    id: "c1",
    conversation_id: "v1",
    room_id: ROOM,
    person: null,
    queue: { id: "q1", name: ru ? "Терапевт" : "General practitioner" },
    phase: "queued",
    requested_at: ago(12),
    taken_at: null,
    first_answer_at: null,
    ended_at: null,
    hold: null,
    participants: [],
    waiting: { place: 3, estimate: { p50_seconds: 370, p80_seconds: 590 }, came_back: false },
    end_reason: null,
    message_count: 4,
    first_event_id: null,
    conclusion: null,
    rating: null,
    rating_until: null,
    erased_at: null,
    last_event_id: null,
    ...part,
  };
}
