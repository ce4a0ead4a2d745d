/** What an act on several does to each: foreseen before it is sent, told after it. Plain functions. */
import type { BulkFate, BulkRequest, ConsultationRow, Macro, TagRef } from "@consilium/kit/api";
import type { BulkKind } from "../../desk/desk.ts";
import { isLead } from "../../live/sections.ts";

export type BulkAct = BulkRequest["act"];

export interface Viewer {
  readonly operatorId: string | null;
  readonly isSupervisor: boolean;
}

/** What is chosen in the form. */
export interface BulkForm {
  /** `queue:` or `operator:`, and its id. */
  readonly to: string | null;
  readonly note: string;
  readonly tagId: string | null;
  readonly macroId: string | null;
}

export const EMPTY_FORM: BulkForm = { to: null, note: "", tagId: null, macroId: null };
export const NOTE_MAX = 2_000;

/** Why something will not be done to a row, as far as this page knows. */
export const REASONS = [
  "over",
  "waits",
  "notWaiting",
  "notLead",
  "otherQueue",
  "incomplete",
  "already",
] as const;
export type Reason = (typeof REASONS)[number];

export interface Foreseen {
  readonly will: number;
  /** How many will not, by the reason; only reasons that there are. */
  readonly wont: readonly (readonly [Reason, number])[];
}

/** How many will be acted on and how many not. The service looks again at each: what changes meanwhile is answered for. */
export function foreseen(
  rows: readonly ConsultationRow[],
  reasonOf: (row: ConsultationRow) => Reason | null,
): Foreseen {
  const found = rows.map(reasonOf);
  const wont = REASONS.map((reason) => [reason, found.filter((one) => one === reason).length] as const);
  return { will: found.filter((one) => one === null).length, wont: wont.filter(([, count]) => count > 0) };
}

/** What stands in the way of an act on a row; null: nothing that is known here. */
export function reasonFor(
  kind: BulkKind,
  { form, macro, viewer }: { form: BulkForm; macro: Macro | null; viewer: Viewer },
): (row: ConsultationRow) => Reason | null {
  const directs = (row: ConsultationRow) => viewer.isSupervisor || isLead(row, viewer.operatorId);
  const has = (row: ConsultationRow) => row.tags.some(({ id }) => id === form.tagId);
  switch (kind) {
    case "assign":
      return (row) => {
        if (row.ended_at !== null) return "over";
        if (row.phase === "queued" && !viewer.isSupervisor) return "waits";
        if (row.phase !== "queued" && !directs(row)) return "notLead";
        return null;
      };
    case "add_tag":
      return (row) => (form.tagId !== null && has(row) ? "already" : null);
    case "remove_tag":
      return (row) => (form.tagId !== null && !has(row) ? "already" : null);
    case "raise":
    case "lower":
      return (row) => {
        if (row.phase !== "queued") return "notWaiting";
        return kind === "lower" && row.priority <= 0 ? "already" : null;
      };
    case "macro":
      return (row) => (macro === null ? null : reasonOfMacro(row, macro, directs));
    case "export":
      return () => null;
  }
}

function reasonOfMacro(
  row: ConsultationRow,
  { content: { queues = [], ending } }: Macro,
  directs: (row: ConsultationRow) => boolean,
): Reason | null {
  if (queues.length > 0 && !queues.includes(row.queue.id)) return "otherQueue";
  if (ending === null || ending === undefined) return null;
  if (row.ended_at !== null) return "over";
  if (row.phase === "queued") return "waits";
  if (!directs(row)) return "notLead";
  if (ending.kind !== "close") return null;
  const lacks =
    row.missing_fields.length > 0 || (row.conclusion_need === "required" && row.conclusion === null);
  return lacks ? "incomplete" : null;
}

/** Macros that say nothing to the patient: others are run in each conversation. */
export function quietMacros(macros: Iterable<Macro>): Macro[] {
  const isQuiet = ({ archived, content: { texts = {}, files = [] } }: Macro) =>
    !archived && Object.keys(texts).length === 0 && files.length === 0;
  return [...macros].filter(isQuiet).sort((a, b) => a.content.title.localeCompare(b.content.title));
}

/** Tags that any of these has, by name. */
export function tagsOn(rows: readonly ConsultationRow[]): TagRef[] {
  const all = new Map(rows.flatMap(({ tags }) => tags.map((tag) => [tag.id, tag] as const)));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** What is sent; null while the form is not whole, and for an export, which is no act. */
export function actOf(kind: BulkKind, form: BulkForm, macro: Macro | null): BulkAct | null {
  switch (kind) {
    case "assign": {
      const to = targetOf(form.to);
      const note = form.note.trim();
      return to === null || note === "" ? null : { kind: "assign", to, note };
    }
    case "add_tag":
    case "remove_tag":
      return form.tagId === null ? null : { kind, tag_id: form.tagId };
    case "raise":
    case "lower":
      return { kind: "priority", step: kind };
    case "macro":
      return macro === null ? null : { kind: "macro", macro_id: macro.id, version: macro.version };
    case "export":
      return null;
  }
}

function targetOf(to: string | null): { queue_id: string } | { operator_id: string } | null {
  if (to === null) return null;
  const [what, id] = [to.slice(0, to.indexOf(":")), to.slice(to.indexOf(":") + 1)];
  return what === "queue" ? { queue_id: id } : { operator_id: id };
}

/** The act that takes one back; null: nothing does. */
export function opposite(act: BulkAct): BulkAct | null {
  switch (act.kind) {
    case "add_tag":
      return { kind: "remove_tag", tag_id: act.tag_id };
    case "remove_tag":
      return { kind: "add_tag", tag_id: act.tag_id };
    case "priority":
      return { kind: "priority", step: act.step === "raise" ? "lower" : "raise" };
    case "assign":
    case "macro":
      return null;
  }
}

export interface Told {
  readonly done: readonly string[];
  readonly unchanged: readonly string[];
  readonly refused: readonly BulkFate[];
  readonly notTried: readonly string[];
}

export function told(fates: readonly BulkFate[]): Told {
  const ids = (outcome: BulkFate["outcome"]) =>
    fates.filter((fate) => fate.outcome === outcome).map(({ id }) => id);
  return {
    done: ids("done"),
    unchanged: ids("unchanged"),
    refused: fates.filter(({ outcome }) => outcome === "refused"),
    notTried: ids("not_tried"),
  };
}
