/** What the form of a view holds, and what is sent of it. Plain functions. */
import type { NewSavedView, SavedView, SavedViewSharing } from "@consilium/kit/api";
import type { ViewQuery } from "../../live/views.ts";

export const NAME_MAX = 60;

export type With = SavedViewSharing["with"];
export const WITH: readonly With[] = ["nobody", "everybody", "queues"];

export interface ViewForm {
  readonly name: string;
  readonly with: With;
  readonly queues: readonly string[];
}

export function isWith(value: string | null): value is With {
  return value !== null && (WITH as readonly string[]).includes(value);
}

export function formOf({ name, sharing }: Pick<SavedView, "name" | "sharing">): ViewForm {
  return { name, with: sharing.with, queues: sharing.with === "queues" ? sharing.queue_ids : [] };
}

export function sharingOf(form: ViewForm): SavedViewSharing {
  return form.with === "queues" ? { with: "queues", queue_ids: [...form.queues] } : { with: form.with };
}

/** Whether it can be sent: a name, and somebody to share it with where it is shared. */
export function isWhole({ name, with: who, queues }: ViewForm): boolean {
  const length = [...name.trim()].length;
  return length > 0 && length <= NAME_MAX && (who !== "queues" || queues.length > 0);
}

export function newView(form: ViewForm, query: ViewQuery): NewSavedView {
  return { ...query, name: form.name.trim(), sharing: sharingOf(form) };
}

/** The address of a view: it follows the view, and can be kept and sent on. */
export function linkOf(origin: string, section: string, id: string): string {
  return `${origin}/${section}?${new URLSearchParams({ view: id }).toString()}`;
}
