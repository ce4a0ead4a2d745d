/**
 * The last answers of the lists, kept on this device: without a network the app opens with what it knew. They are stale from
 * the start, so the first chance asks again. A sign-out removes them.
 */
import type { QueryClient } from "@tanstack/react-query";
import i18next from "i18next";

const KEPT = "consilium.kept:";
/** Records and everything else are asked for each time. */
const LISTS = [
  "me",
  "services",
  "conversations",
  "consultations",
  "callbacks",
  "consents",
  "persons",
] as const;

interface Kept {
  data: unknown;
  at: number;
  /** In which it says what the brand says. */
  language?: string;
}

/** Puts back what was kept, and keeps what comes. Returns the function that ends it. */
export function keepLists(client: QueryClient, userId: string): () => void {
  const kept = read(userId);
  for (const list of LISTS) {
    const before = kept[list];
    if (before === undefined) continue;
    // In another language it is better than nothing, and asked for again at once.
    const updatedAt = before.language === i18next.language ? before.at : 0;
    client.setQueryData([list], before.data, { updatedAt });
  }
  return client.getQueryCache().subscribe(({ type, query }) => {
    const list = LISTS.find((name) => query.queryKey.length === 1 && query.queryKey[0] === name);
    if (type !== "updated" || list === undefined || query.state.data === undefined) return;
    if (kept[list]?.at === query.state.dataUpdatedAt) return;
    kept[list] = { data: query.state.data, at: query.state.dataUpdatedAt, language: i18next.language };
    write(userId, kept);
  });
}

export function forgetLists(userId: string): void {
  localStorage.removeItem(KEPT + userId);
}

function read(userId: string): Partial<Record<string, Kept>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT + userId) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Partial<Record<string, Kept>>) : {};
  } catch {
    return {};
  }
}

function write(userId: string, kept: Partial<Record<string, Kept>>): void {
  try {
    localStorage.setItem(KEPT + userId, JSON.stringify(kept));
  } catch {
    // Full: the app works without.
  }
}
