/** Rows of a list that are chosen to be acted on at once. Plain functions. */

/** As many as one request takes. */
export const ROWS_MAX = 200;

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The row that was pressed last: Shift chooses from it. */
  readonly anchor: string | null;
}

export const NOTHING_CHOSEN: Selection = { ids: new Set(), anchor: null };

/** One more, or one less. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < ROWS_MAX) next.add(id);
  return { ids: next, anchor: id };
}

/** All from the row that was pressed last to this one; without such a row this one alone. */
export function reached(selection: Selection, order: readonly string[], id: string): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return toggled(selection, id);
  const ids = new Set(selection.ids);
  for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (ids.size < ROWS_MAX) ids.add(one);
  }
  return { ids, anchor: selection.anchor };
}

/** The first of the list, as many as may be. */
export function everything(order: readonly string[]): Selection {
  return { ids: new Set(order.slice(0, ROWS_MAX)), anchor: null };
}

/** What has left the list is chosen no more. */
export function within(selection: Selection, order: readonly string[]): Selection {
  const here = new Set(order);
  if ([...selection.ids].every((id) => here.has(id))) return selection;
  return { ...selection, ids: new Set([...selection.ids].filter((id) => here.has(id))) };
}

/** Without those that are done. */
export function without(selection: Selection, done: Iterable<string>): Selection {
  const ids = new Set(selection.ids);
  for (const id of done) ids.delete(id);
  return { ids, anchor: null };
}
