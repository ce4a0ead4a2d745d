/** The end of an account of the pretend clinic: what it would do, and what it did. */
import type { Deletion } from "@consilium/kit/api";

const STAYS: Deletion["stays"] = [
  {
    consultation_id: "c1",
    queue: { id: "therapist", name: "Терапевт" },
    requested_at: "2026-11-20T09:00:00Z",
    ended_at: "2026-11-20T10:00:00Z",
    held: false,
    retention: { class: { id: "standard", name: "Medical records" }, due_at: "2051-11-21T00:00:00Z" },
  },
];

export function deletionPlan(): Deletion {
  return {
    deleted_at: null,
    deleted_by: null,
    reason: null,
    finished_at: null,
    blocked: null,
    goes: 2,
    stays: STAYS,
    remains: ["The audit log: who read, changed and erased what, without content."],
    receipt: null,
  };
}

export function deleted(by: string, reason: string): Deletion {
  return {
    ...deletionPlan(),
    deleted_at: "2026-11-29T10:00:00Z",
    deleted_by: { id: "o1", name: by },
    reason,
    finished_at: "2026-11-29T10:00:40Z",
    receipt: { number: "r1", text: "{}", signature: "ab", verifying_key: "cd", html: "<p>receipt</p>" },
  };
}
