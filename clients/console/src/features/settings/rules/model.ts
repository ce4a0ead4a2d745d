/** Rules as values: which events there are, what goes with which, what is wrong with one. No React. */
import type { RuleEvent, RuleSettings } from "@consilium/kit/api";
import { missing } from "../needed.ts";

/** In the order in which a consultation meets them. */
export const EVENTS: readonly RuleEvent[] = [
  "consultation.requested",
  "consultation.red_flag",
  "consultation.wait_warning",
  "consultation.wait_broken",
  "consultation.taken",
  "consultation.response_warning",
  "consultation.response_broken",
  "consultation.resolution_warning",
  "consultation.resolution_broken",
  "consultation.silence_ended",
  "consultation.transferred",
  "conclusion.signed",
  "consultation.closed",
  "consultation.reopened",
  "consultation.cancelled",
  "consultation.abandoned",
  "callback.ordered",
  "callback.overdue",
];

/** At these there is no place in line that a rule could change. */
const WITHOUT_PLACE: readonly RuleEvent[] = [
  "consultation.taken",
  "conclusion.signed",
  "consultation.closed",
  "consultation.cancelled",
  "consultation.abandoned",
  "callback.ordered",
  "callback.overdue",
];

export const NOTE_MAX = 4000;
const PRIORITY_MAX = 100;
/** How long a silence is where nobody says it. Minutes: a day. */
const SILENT_MINUTES = 24 * 60;

export function isOfCallback(event: RuleEvent): boolean {
  return event.startsWith("callback.");
}

export function mayWait(event: RuleEvent): boolean {
  return !WITHOUT_PLACE.includes(event);
}

export function endsSilence(event: RuleEvent): boolean {
  return event === "consultation.silence_ended";
}

/** A rule as a supervisor begins one: off, until it is whole. */
export function newRule(name: Record<string, string>): RuleSettings {
  return {
    name,
    on: false,
    event: "consultation.requested",
    conditions: {
      queues: [],
      tags: [],
      languages: [],
      hours: null,
      red_flag: null,
      returning: null,
      waited_minutes: null,
      silent_minutes: null,
    },
    actions: {
      remove_tags: [],
      add_tags: [],
      raise_priority_to: null,
      move_to: null,
      note: null,
      alarm: true,
    },
  };
}

/** The same rule at another event, without what does not go with it. */
export function atEvent(rule: RuleSettings, event: RuleEvent): RuleSettings {
  const conditions = { ...rule.conditions };
  const actions = { ...rule.actions };
  conditions.silent_minutes = endsSilence(event) ? (conditions.silent_minutes ?? SILENT_MINUTES) : null;
  if (isOfCallback(event)) {
    Object.assign(conditions, { tags: [], red_flag: null, waited_minutes: null });
    Object.assign(actions, { add_tags: [], remove_tags: [] });
  }
  if (!mayWait(event)) Object.assign(actions, { raise_priority_to: null, move_to: null });
  return { ...rule, event, conditions, actions };
}

export function doesNothing({ actions }: RuleSettings): boolean {
  const {
    remove_tags: off,
    add_tags: on,
    raise_priority_to: priority,
    move_to: queue,
    note,
    alarm,
  } = actions;
  return off.length + on.length === 0 && priority === null && queue === null && note === null && !alarm;
}

/** What can be seen to be wrong without asking the service. */
export function wrongRule(
  rule: RuleSettings,
  languages: readonly string[],
  wrong: Map<string, string>,
): void {
  const { conditions, actions, event } = rule;
  missing("name", rule.name, languages, wrong);
  if (doesNothing(rule)) wrong.set("actions", "oneAction");
  if (conditions.waited_minutes === 0) wrong.set("conditions.waited_minutes", "atLeastOne");
  if (endsSilence(event) && !((conditions.silent_minutes ?? 0) >= 1))
    wrong.set("conditions.silent_minutes", "atLeastOne");
  const priority = actions.raise_priority_to;
  if (priority !== null && !(priority >= 1 && priority <= PRIORITY_MAX))
    wrong.set("actions.raise_priority_to", "oneToHundred");
  if (actions.remove_tags.some((tag) => actions.add_tags.includes(tag)))
    wrong.set("actions.remove_tags", "onAndOff");
  if (actions.note !== null && actions.note.trim() === "") wrong.set("actions.note", "needed");
}
