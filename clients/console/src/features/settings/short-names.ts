/** Short names of things: what is one, one made of what people call it, one that is free. No React. */

const SLUG = /^[a-z][a-z0-9-]{0,31}$/;

export function isSlug(id: string): boolean {
  return SLUG.test(id);
}

/** A short name made of what somebody calls it; empty where its letters have none. */
export function slugOf(name: string): string {
  const latin = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return latin.replaceAll(/^[-0-9]+|-+$/g, "").slice(0, 32);
}

/** The first of its kind that is free: `question-1`, `question-2`, … */
export function freeName(kind: "field" | "question" | "option", taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}
