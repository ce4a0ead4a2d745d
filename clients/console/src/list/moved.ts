/** The order of a list that somebody arranges by hand. */

/** One with its neighbour on that side; out of the list nothing moves. */
export function moved<T>(list: readonly T[], place: number, step: 1 | -1): T[] {
  const next = [...list];
  const [one, other] = [next[place], next[place + step]];
  if (one === undefined || other === undefined) return next;
  next[place] = other;
  next[place + step] = one;
  return next;
}
