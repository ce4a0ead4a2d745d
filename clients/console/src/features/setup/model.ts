/** The steps of a rehearsal and what helps at each; where an item of the checklist is done. Plain values. */
import type { ChecklistItem, ChecklistItemId, Rehearsal } from "@consilium/kit/api";
import type { Section } from "../../live/sections.ts";

export const STEPS = ["opened", "joined", "asked", "heard", "taken", "answered", "closed"] as const;
export type Step = (typeof STEPS)[number];

export function isDone(rehearsal: Rehearsal, step: Step): boolean {
  switch (step) {
    case "opened":
      return rehearsal.opened_at !== null;
    case "joined":
      return rehearsal.joined_at !== null;
    case "asked":
      return rehearsal.asked_at !== null;
    case "heard":
      return rehearsal.heard;
    case "taken":
      return rehearsal.taken_at !== null;
    case "answered":
      return rehearsal.answered_at !== null;
    case "closed":
      return rehearsal.closed_at !== null;
  }
}

/** The first step that has not happened; null: all have. */
export function nextStep(rehearsal: Rehearsal): Step | null {
  return STEPS.find((step) => !isDone(rehearsal, step)) ?? null;
}

/** Who reaches the address: this computer alone, a phone that is warned because nothing is encrypted, or any phone. */
export type Reach = "here" | "open" | "all";

export function reachOf(link: string): Reach {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return "here";
  }
  const host = url.hostname;
  if (host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\./.test(host))
    return "here";
  return url.protocol === "https:" ? "all" : "open";
}

/** Which words help when nothing comes at a step. */
export function hintOf(step: Step, link: string, openRegistration: boolean): string {
  if (step === "opened") return `opened_${reachOf(link)}`;
  if (step === "joined") return openRegistration ? "joined_open" : "joined_closed";
  return step;
}

export interface Where {
  readonly section: Section;
  readonly id: string | null;
}

const WHERE: Readonly<Partial<Record<ChecklistItemId, Where>>> = {
  contacts: { section: "settings", id: "contacts" },
  email: { section: "settings", id: "contacts" },
  security: { section: "settings", id: "contacts" },
  queue: { section: "settings", id: null },
  cover: { section: "operators", id: null },
  supervisor: { section: "operators", id: null },
};

/** Where it is done in the console; null: outside of it, or on this page. */
export function whereOf(id: ChecklistItemId): Where | null {
  return WHERE[id] ?? null;
}

/** What is open first, then hints, then what is done, and last what is not needed; each as the server has them. */
export function inOrder(items: readonly ChecklistItem[]): ChecklistItem[] {
  const states = ["open", "advised", "done", "not_needed"] as const;
  return states.flatMap((state) => items.filter((item) => item.state === state));
}
