/** Operators as values: order of statuses, what a form sends. */
import type { NewOperator, Operator, OperatorStatus } from "@consilium/kit/api";

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
  return operators.filter(
    ({ name, title, user_id }) =>
      name.toLocaleLowerCase().includes(needle) ||
      (title?.toLocaleLowerCase().includes(needle) ?? false) ||
      user_id.toLowerCase().includes(needle),
  );
}

export interface OperatorForm {
  readonly userId: string;
  readonly name: string;
  readonly title: string;
  readonly role: "operator" | "supervisor";
  readonly queues: readonly string[];
}

export function emptyForm(): OperatorForm {
  return { userId: "", name: "", title: "", role: "operator", queues: [] };
}

export function formOf(operator: Operator): OperatorForm {
  return {
    userId: operator.user_id,
    name: operator.name,
    title: operator.title ?? "",
    role: operator.role,
    queues: operator.queues,
  };
}

/** `anna` and `@anna:clinic.example` are both understood; null when it is neither. */
export function fullUserId(text: string, serverName: string): string | null {
  const trimmed = text.trim().toLowerCase();
  if (/^@[a-z0-9._=\-/+]+:[^\s:]+(:\d+)?$/.test(trimmed)) return trimmed;
  return /^[a-z0-9._=\-/+]+$/.test(trimmed) ? `@${trimmed}:${serverName}` : null;
}

export type OperatorFormErrors = Partial<Record<"userId" | "name" | "queues", string>>;

export function checkForm(form: OperatorForm, serverName: string): OperatorFormErrors {
  const errors: OperatorFormErrors = {};
  if (fullUserId(form.userId, serverName) === null) errors.userId = "operators.error.userId";
  if (form.name.trim() === "") errors.name = "operators.error.name";
  if (form.role === "operator" && form.queues.length === 0) errors.queues = "operators.error.queues";
  return errors;
}

export function newOperator(form: OperatorForm, serverName: string): NewOperator {
  return {
    user_id: fullUserId(form.userId, serverName) ?? form.userId,
    name: form.name.trim(),
    title: form.title.trim() === "" ? null : form.title.trim(),
    role: form.role,
    queues: [...form.queues],
  };
}

export function operatorPatch(operator: Operator, form: OperatorForm): Partial<Omit<NewOperator, "user_id">> {
  const next = newOperator(form, "");
  const patch: Partial<Omit<NewOperator, "user_id">> = {};
  if (next.name !== operator.name) patch.name = next.name;
  if (next.title !== operator.title) patch.title = next.title ?? null;
  if (next.role !== operator.role) patch.role = next.role;
  const same =
    next.queues.length === operator.queues.length && next.queues.every((id) => operator.queues.includes(id));
  if (!same) patch.queues = next.queues;
  return patch;
}
