/** Consultations that stand side by side as tabs: which, in which order, and what comes forward when one is closed. */

/** More tabs than this are a list, not a row of tabs. The one longest in the background gives way. */
export const TABS_MAX = 12;

export interface Tabs {
  readonly ids: readonly string[];
  /** Most recently shown first. */
  readonly recent: readonly string[];
}

export const NO_TABS: Tabs = { ids: [], recent: [] };

export function openTab(tabs: Tabs, id: string): Tabs {
  const recent = [id, ...tabs.recent.filter((other) => other !== id)];
  if (tabs.ids.includes(id)) return { ids: tabs.ids, recent };
  if (tabs.ids.length < TABS_MAX) return { ids: [...tabs.ids, id], recent };
  const oldest = recent.at(-1);
  return {
    ids: [...tabs.ids.filter((other) => other !== oldest), id],
    recent: recent.filter((other) => other !== oldest),
  };
}

export function closeTab(tabs: Tabs, id: string): Tabs {
  return {
    ids: tabs.ids.filter((other) => other !== id),
    recent: tabs.recent.filter((other) => other !== id),
  };
}

/** The tab to show after `id` is closed: the one shown before it. */
export function afterClosing(tabs: Tabs, id: string): string | null {
  return tabs.recent.find((other) => other !== id) ?? null;
}

/** The tab `step` to the right or left of `current`, round the end. */
export function neighbourTab(tabs: Tabs, current: string | null, step: 1 | -1): string | null {
  const count = tabs.ids.length;
  if (count === 0) return null;
  const index = current === null ? -1 : tabs.ids.indexOf(current);
  const start = index < 0 ? (step === 1 ? -1 : 0) : index;
  return tabs.ids[(start + step + count) % count] ?? null;
}

/** Tabs read back from storage; anything else than what was written counts as none. */
export function parseTabs(text: string | null): Tabs {
  if (text === null) return NO_TABS;
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return NO_TABS;
    const ids = value.filter((id): id is string => typeof id === "string").slice(0, TABS_MAX);
    return { ids, recent: ids };
  } catch {
    return NO_TABS;
  }
}
