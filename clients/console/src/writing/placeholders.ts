/** What stands in prepared texts for what is known only in front of a patient: what it becomes, and what is left to fill in. Plain functions. */
import type { Insertion } from "@consilium/kit/ui";

/** As the service knows them; the words of each stand under `canned.placeholder`. */
export const PLACEHOLDERS = ["patient.name", "operator.name", "queue.name"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
export type Values = Readonly<Record<Placeholder, string | null>>;
export type Labels = Readonly<Record<Placeholder, string>>;

/** What stands where something has to be filled in. */
export function gapOf(label: string): string {
  return `‹${label}›`;
}

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/gu;

/** The text with what is known in its places; what is not known is a gap, and the first gap is selected. */
export function filled(text: string, values: Values, labels: Labels): Insertion {
  const whole = text.replaceAll(PLACEHOLDER, (found, name: string) => {
    const known = PLACEHOLDERS.find((each) => each === name);
    if (known === undefined) return found;
    const value = values[known]?.trim() ?? "";
    return value === "" ? gapOf(labels[known]) : value;
  });
  const gap = firstGap(whole, labels);
  if (gap === null) return { text: whole };
  return { text: whole, select: [whole.indexOf(gap), whole.indexOf(gap) + gap.length] };
}

/** The first gap that nobody has filled in; null: there is none. */
export function firstGap(text: string, labels: Labels): string | null {
  const found = PLACEHOLDERS.map((name) => gapOf(labels[name])).filter((gap) => text.includes(gap));
  return found.sort((a, b) => text.indexOf(a) - text.indexOf(b))[0] ?? null;
}

/** One line of a text. */
export function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
