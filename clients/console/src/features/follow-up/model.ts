/** Follow-ups as values: the times that are offered, whose one is, what of a form is sent. No React. */
import type { FollowUp, FollowUpChange, FollowUpView, NewFollowUp } from "@consilium/kit/api";

export const VIEWS: readonly FollowUpView[] = ["mine", "open", "ended"];
export const NOTE_MAX = 1_000;
export const MESSAGE_MAX = 2_000;

export function viewOf(state: string | undefined): FollowUpView {
  return VIEWS.find((view) => view === state) ?? "mine";
}

export const PRESETS = ["hour", "evening", "tomorrow", "week", "month"] as const;
export type Preset = (typeof PRESETS)[number];

/** When the working day begins and ends for who puts something off. Unit: hours of the own clock. */
const MORNING = 9;
const EVENING = 18;
const HOUR_MS = 3_600_000;

/** A time that is offered, by the clock of who reads; null: it makes no sense now. */
export function presetAt(preset: Preset, now: number): Date | null {
  const at = new Date(now);
  switch (preset) {
    case "hour":
      return new Date(now + HOUR_MS);
    case "evening":
      at.setHours(EVENING, 0, 0, 0);
      return at.getTime() - now > HOUR_MS ? at : null;
    case "tomorrow":
      at.setDate(at.getDate() + 1);
      break;
    case "week":
      at.setDate(at.getDate() + 7);
      break;
    case "month":
      at.setMonth(at.getMonth() + 1);
  }
  at.setHours(MORNING, 0, 0, 0);
  return at;
}

const two = (number: number) => String(number).padStart(2, "0");

/** As a field of date and time has it: the own clock, without an offset. */
export function asLocal(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** The time that is meant; null: none yet. */
export function fromLocal(text: string): Date | null {
  const at = new Date(text);
  return text === "" || Number.isNaN(at.getTime()) ? null : at;
}

/** Whose it is, as a choice: `operator:…` or `queue:…`; empty: whoever the service finds. */
export function ownerOf({ operator, queue }: Pick<FollowUp, "operator" | "queue">): string {
  return operator === null ? `queue:${queue.id}` : `operator:${operator.id}`;
}

export interface FollowUpForm {
  /** The own clock, as it is typed. */
  readonly at: string;
  readonly owner: string;
  readonly note: string;
  /** What is sent to the patient at its time; null: nothing is. */
  readonly message: string | null;
}

export type WrongForm = "time" | "past" | null;

/** What is wrong with the time, before it is sent. */
export function wrongTime({ at }: FollowUpForm, now: number): WrongForm {
  const meant = fromLocal(at);
  if (meant === null) return "time";
  return meant.getTime() <= now ? "past" : null;
}

/** Whether somebody wants to write to the patient and says nothing. */
export function lacksMessage({ message }: FollowUpForm): boolean {
  return message !== null && message.trim() === "";
}

/** Whether its message can be changed here: what is on its way, or was sent, is read. */
export function mayWrite(known: FollowUp | null): boolean {
  const state = known?.message?.state;
  return state === undefined || state === "planned" || state === "failed";
}

/** What the form begins with: what is planned is changed, what failed is tried anew. */
export function messageOf(known: FollowUp | null): string | null {
  return known?.message?.state === "planned" ? known.message.text : null;
}

function ownerFields(owner: string): { operator_id: string | null; queue_id?: string } {
  const [kind, id = ""] = owner.split(/:(.*)/);
  return kind === "operator" ? { operator_id: id } : { operator_id: null, queue_id: id };
}

const words = (note: string) => (note.trim() === "" ? null : note.trim());

export interface About {
  readonly patientId: string;
  readonly consultationId: string | null;
}

export function newOf(form: FollowUpForm, about: About, requestId: string): NewFollowUp {
  const { operator_id, queue_id } = ownerFields(form.owner);
  return {
    request_id: requestId,
    patient_id: about.patientId,
    consultation_id: about.consultationId,
    due_at: (fromLocal(form.at) ?? new Date(0)).toISOString(),
    note: words(form.note),
    ...(form.message === null ? {} : { message: form.message.trim() }),
    operator_id,
    ...(queue_id === undefined ? {} : { queue_id }),
  };
}

/** Only what was changed, over the version that was seen. */
export function changeOf(form: FollowUpForm, known: FollowUp): FollowUpChange {
  const change: FollowUpChange = { version: known.version };
  const at = fromLocal(form.at);
  if (at !== null && form.at !== asLocal(new Date(known.due_at))) change.due_at = at.toISOString();
  if (words(form.note) !== known.note) change.note = words(form.note);
  const message = form.message === null ? null : words(form.message);
  if (mayWrite(known) && message !== messageOf(known)) change.message = message;
  return form.owner === ownerOf(known) ? change : { ...change, ...ownerFields(form.owner) };
}
