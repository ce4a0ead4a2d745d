/** Tags as values: which can be put on, and the form of one. */
import type { AuditEntry, NewTag, Tag, TagChange, TagColor, TagRef } from "@consilium/kit/api";
import { folded } from "../../live/names.ts";

export const TAG_COLORS = [
  "neutral",
  "brand",
  "info",
  "success",
  "warning",
  "danger",
  "note",
] as const satisfies readonly TagColor[];

export const NAME_MAX = 40;

export function isTagColor(value: string | null): value is TagColor {
  return (TAG_COLORS as readonly (string | null)[]).includes(value);
}

function byName<T extends { readonly name: string }>(tags: Iterable<T>): T[] {
  return [...tags].sort((a, b) => a.name.localeCompare(b.name));
}

/** Tags of a consultation's choice: those in use and those that it has, found by a word, by name. */
export function choices(all: Iterable<Tag>, on: readonly TagRef[], q: string): Tag[] {
  const has = new Set(on.map(({ id }) => id));
  const wanted = folded(q);
  return byName(all).filter(
    ({ id, name, archived }) => (!archived || has.has(id)) && folded(name).includes(wanted),
  );
}

/** Those in use first. */
export function inOrder(all: Iterable<Tag>): Tag[] {
  return byName(all).sort((a, b) => Number(a.archived) - Number(b.archived));
}

export interface TagForm {
  readonly names: Readonly<Record<string, string>>;
  readonly color: TagColor;
  readonly archived: boolean;
}

export const EMPTY_FORM: TagForm = { names: {}, color: "neutral", archived: false };

export function formOf({ names, color, archived }: Tag): TagForm {
  return { names, color, archived };
}

export function isWhole({ names }: TagForm, defaultLanguage: string): boolean {
  return (names[defaultLanguage] ?? "").trim() !== "";
}

function written(names: TagForm["names"]): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim() !== ""));
}

export function newTag({ names, color }: TagForm): NewTag {
  return { names: written(names), color };
}

export function tagChange({ names, color, archived }: TagForm, version: number): TagChange {
  return { names: written(names), color, archived, version };
}

/** A version of a tag, as the log of what supervisors did has it. */
export interface TagVersion {
  readonly sequence: number;
  readonly at: string;
  readonly by: string;
  readonly form: TagForm;
}

/** Newest first. What the log says of other things, or in another form, is left out. */
export function versionsOf(entries: readonly AuditEntry[]): TagVersion[] {
  return entries.flatMap(({ action, sequence, at, actor, detail }) => {
    if (action !== "tag.created" && action !== "tag.changed") return [];
    const { names, color, archived } = detail as Partial<TagForm>;
    if (names === undefined || color === undefined || !isTagColor(color)) return [];
    return [{ sequence, at, by: actor.name, form: { names, color, archived: archived ?? false } }];
  });
}
