/** Operators as values: order of statuses, what the list is narrowed by, what a form sends. */
import type {
  HoursSettings,
  NewOperator,
  Operator,
  OperatorRole,
  OperatorStatus,
  Queue,
} from "@consilium/kit/api";
import { compareNames } from "../../live/names.ts";
import type { DeskSearch } from "../../live/route.ts";
import { isSameWeek, wrongDays } from "../../ui/week.ts";

/** From "answers now" to "is not there". */
export const STATUS_ORDER: readonly OperatorStatus[] = [
  "online",
  "transfer_only",
  "going_off",
  "away",
  "break",
  "offline",
];

export function statusRank(status: OperatorStatus): number {
  return STATUS_ORDER.indexOf(status);
}

export function findOperators(operators: readonly Operator[], q: string): readonly Operator[] {
  const needle = q.trim().toLocaleLowerCase();
  if (needle === "") return operators;
  return operators.filter(({ name, title, grade, user_id, skills }) =>
    [name, title ?? "", grade ?? "", user_id, ...skills].some((text) =>
      text.toLocaleLowerCase().includes(needle),
    ),
  );
}

/** What the list is narrowed by besides words; null: by nothing of the kind. */
export interface OperatorFilter {
  readonly queue: string | null;
  readonly circle: string | null;
  readonly role: OperatorRole | null;
  readonly status: OperatorStatus | null;
}

/** As the address says it; what makes no sense narrows nothing. */
export function operatorFilter({ queue, circle, role, status }: DeskSearch): OperatorFilter {
  return {
    queue: queue ?? null,
    circle: circle ?? null,
    role: ROLES.find((one) => one === role) ?? null,
    status: STATUS_ORDER.find((one) => one === status) ?? null,
  };
}

/** Those who serve the service, one of the circle, have the role, and are so now. */
export function narrowed(
  operators: readonly Operator[],
  { queue, circle, role, status }: OperatorFilter,
  queues: ReadonlyMap<string, Pick<Queue, "circle">>,
): readonly Operator[] {
  return operators.filter(
    (operator) =>
      (queue === null || operator.queues.includes(queue)) &&
      (circle === null || operator.queues.some((id) => queues.get(id)?.circle === circle)) &&
      (role === null || operator.role === role) &&
      (status === null || operator.status === status),
  );
}

/** The circles of these services, by name. */
export function circlesOf(
  queues: Iterable<Pick<Queue, "circle" | "circle_name">>,
): { readonly id: string; readonly name: string }[] {
  const names = new Map([...queues].map(({ circle, circle_name: name }) => [circle, name] as const));
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => compareNames(a.name, b.name));
}

/** From the least rights to the most. */
export const ROLES = ["operator", "supervisor", "administrator"] as const satisfies readonly OperatorRole[];

/** Rights that somebody can give: at most his own; those that stand already stay to be seen. */
export function rolesToGive(own: OperatorRole, standing: OperatorRole): OperatorRole[] {
  const rank = (role: OperatorRole) => ROLES.indexOf(role);
  return ROLES.filter((role) => rank(role) <= rank(own) || role === standing);
}

/** The rights that somebody gives by: where nobody administers, supervisors do. */
export function givenBy(operators: Iterable<Operator>, own: OperatorRole): OperatorRole {
  if (own !== "supervisor") return own;
  return [...operators].some(({ role }) => role === "administrator") ? own : "administrator";
}

/** Whether somebody may change another: nobody changes one above himself. */
export function mayChange(own: OperatorRole, other: OperatorRole): boolean {
  return ROLES.indexOf(other) <= ROLES.indexOf(own);
}

export interface OperatorForm {
  readonly userId: string;
  readonly name: string;
  readonly title: string;
  readonly grade: string;
  readonly role: OperatorRole;
  readonly queues: readonly string[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  /** What stands in the field: it may be empty while it is being typed. */
  readonly capacity: number | string;
  /** When he is on duty; none: he has no schedule. */
  readonly hours: readonly HoursSettings[];
  /** Empty: the brand's. */
  readonly timeZone: string;
}

/** As the service gives it to whom nothing is said of. */
const USUAL_CAPACITY = 4;
const CAPACITY_MAX = 1_000;
const SKILLS_MAX = 50;
const SKILL_CHARACTERS_MAX = 200;

export function emptyForm(): OperatorForm {
  return {
    userId: "",
    name: "",
    title: "",
    grade: "",
    role: "operator",
    queues: [],
    skills: [],
    languages: [],
    capacity: USUAL_CAPACITY,
    hours: [],
    timeZone: "",
  };
}

export function formOf(operator: Operator): OperatorForm {
  return {
    userId: operator.user_id,
    name: operator.name,
    title: operator.title ?? "",
    grade: operator.grade ?? "",
    role: operator.role,
    queues: operator.queues,
    skills: operator.skills,
    languages: operator.languages,
    capacity: operator.capacity,
    hours: operator.hours,
    timeZone: operator.time_zone ?? "",
  };
}

/** Skills that anybody has: what is written once need not be typed, and mistyped, again. */
export function knownSkills(operators: Iterable<Operator>): string[] {
  const skills = new Set([...operators].flatMap((operator) => operator.skills));
  return [...skills].sort((a, b) => a.localeCompare(b));
}

/** `anna` and `@anna:clinic.example` are both understood; null when it is neither. */
export function fullUserId(text: string, serverName: string): string | null {
  const trimmed = text.trim().toLowerCase();
  if (/^@[a-z0-9._=\-/+]+:[^\s:]+(:\d+)?$/.test(trimmed)) return trimmed;
  return /^[a-z0-9._=\-/+]+$/.test(trimmed) ? `@${trimmed}:${serverName}` : null;
}

/** By the field; hours by `hours.` and the day. */
export type OperatorFormErrors = Partial<Record<string, string>>;

export function checkForm(form: OperatorForm, serverName: string): OperatorFormErrors {
  const errors: OperatorFormErrors = {};
  if (fullUserId(form.userId, serverName) === null) errors.userId = "operators.error.userId";
  if (form.name.trim() === "") errors.name = "operators.error.name";
  if (form.role === "operator" && form.queues.length === 0) errors.queues = "operators.error.queues";
  if (form.skills.length > SKILLS_MAX || form.skills.some((skill) => skill.length > SKILL_CHARACTERS_MAX))
    errors.skills = "operators.error.skills";
  if (!isCapacity(form.capacity)) errors.capacity = "operators.error.capacity";
  for (const [day, what] of wrongDays(form.hours)) errors[`hours.${day}`] = `operators.error.${what}`;
  return errors;
}

function isCapacity(value: number | string): boolean {
  return (
    value !== "" && Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) <= CAPACITY_MAX
  );
}

export function newOperator(form: OperatorForm, serverName: string): NewOperator {
  return {
    user_id: fullUserId(form.userId, serverName) ?? form.userId,
    name: form.name.trim(),
    title: form.title.trim() === "" ? null : form.title.trim(),
    grade: form.grade.trim() === "" ? null : form.grade.trim(),
    role: form.role,
    queues: [...form.queues],
    skills: form.skills.map((skill) => skill.trim()).filter((skill) => skill !== ""),
    languages: [...form.languages],
    capacity: Number(form.capacity),
    hours: [...form.hours],
    time_zone: form.timeZone.trim() === "" ? null : form.timeZone.trim(),
  };
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

export function operatorPatch(operator: Operator, form: OperatorForm): Partial<Omit<NewOperator, "user_id">> {
  const next = newOperator(form, "");
  const patch: Partial<Omit<NewOperator, "user_id">> = {};
  if (next.name !== operator.name) patch.name = next.name;
  if (next.title !== operator.title) patch.title = next.title ?? null;
  if ((next.grade ?? null) !== (operator.grade ?? null)) patch.grade = next.grade ?? null;
  if (next.role !== operator.role) patch.role = next.role;
  if (!isSame(next.queues, operator.queues)) patch.queues = next.queues;
  if (!isSame(next.skills ?? [], operator.skills)) patch.skills = next.skills ?? [];
  if (!isSame(next.languages ?? [], operator.languages)) patch.languages = next.languages ?? [];
  if (next.capacity !== operator.capacity) patch.capacity = next.capacity ?? null;
  if (!isSameWeek(next.hours ?? [], operator.hours)) patch.hours = next.hours ?? [];
  if ((next.time_zone ?? null) !== operator.time_zone) patch.time_zone = next.time_zone ?? null;
  return patch;
}
