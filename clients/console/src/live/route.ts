/**
 * What stands in the address: section, the consultation or record that is open, filters and sorts.
 *
 * Plain functions both ways; what is a default is left out, what makes no sense is dropped.
 */
import { isSort, type ListFilter, NO_FILTER } from "./queue-list.ts";
import { isQueueSection, isSection, type Section } from "./sections.ts";

/** Every field that may stand after the `?`; each section reads its own. */
export interface DeskSearch {
  readonly q?: string;
  readonly queue?: string;
  readonly operator?: string;
  readonly tag?: string;
  /** What stands in a field of the brand's own: `branch:river`. */
  readonly field?: string;
  readonly sort?: string;
  readonly from?: string;
  readonly to?: string;
  readonly patient?: string;
  readonly outcome?: string;
  readonly caller_side?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly due?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly period?: string;
  readonly group?: string;
  readonly figure?: string;
  readonly compare?: string;
  readonly urgent?: string;
  readonly red_flag?: string;
  readonly sla?: string;
  readonly unanswered?: string;
  readonly language?: string;
  readonly days?: string;
  readonly stars_max?: string;
  readonly conclusion?: string;
  readonly held?: string;
  readonly source?: string;
  readonly sex?: string;
  readonly role?: string;
  readonly status?: string;
  readonly circle?: string;
  /** The saved view that is open. Alone it means all that the view says; with other fields those count. */
  readonly view?: string;
}

export interface Place {
  readonly section: Section;
  /** The consultation, patient, operator or record that is open. */
  readonly id: string | null;
  readonly search: DeskSearch;
}

const FIELDS = [
  "q",
  "queue",
  "operator",
  "tag",
  "field",
  "sort",
  "from",
  "to",
  "patient",
  "outcome",
  "caller_side",
  "kind",
  "state",
  "due",
  "actor",
  "action",
  "subject",
  "period",
  "group",
  "figure",
  "compare",
  "urgent",
  "red_flag",
  "sla",
  "unanswered",
  "language",
  "days",
  "stars_max",
  "conclusion",
  "held",
  "source",
  "sex",
  "role",
  "status",
  "circle",
  "view",
] as const;
const TEXT_MAX = 200;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function field(name: (typeof FIELDS)[number], value: unknown): string | undefined {
  // The router reads `?q=34` as a number: an address is text.
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length === 0) return undefined;
  if ((name === "from" || name === "to") && !DATE.test(text)) return undefined;
  return text.slice(0, TEXT_MAX);
}

export function parseSearch(raw: Record<string, unknown>): DeskSearch {
  const search: Record<string, string> = {};
  for (const name of FIELDS) {
    const value = field(name, raw[name]);
    if (value !== undefined) search[name] = value;
  }
  return search;
}

/** `search` with some fields changed; empty ones vanish. */
export function changeSearch(
  search: DeskSearch,
  change: { readonly [Name in keyof DeskSearch]?: string | null },
): DeskSearch {
  return parseSearch({ ...search, ...change });
}

export function parseSection(raw: string | undefined): Section {
  return raw !== undefined && isSection(raw) ? raw : "waiting";
}

export function listFilter(search: DeskSearch): ListFilter {
  return {
    q: search.q ?? NO_FILTER.q,
    queue: search.queue ?? null,
    operator: search.operator ?? null,
    tag: search.tag ?? null,
    field: search.field ?? null,
    urgent: search.urgent === "true",
    redFlag: search.red_flag === "true",
    sla: search.sla === "warning" || search.sla === "breach" ? search.sla : null,
    unanswered: search.unanswered === "true" ? true : search.unanswered === "false" ? false : null,
    language: search.language ?? null,
    sort: isSort(search.sort) ? search.sort : NO_FILTER.sort,
  };
}

/** The consultation that the conversation pane shows at `place`, or null where the place is about something else. */
export function openConsultation(place: Place): string | null {
  return isQueueSection(place.section) ? place.id : null;
}

/** What stands before the id of a call-back in the archive, whose other records are consultations. */
const CALLBACK = "callback-";

/** The id that the archive's address has for a call-back. */
export function archivedCallbackId(id: string): string {
  return `${CALLBACK}${id}`;
}

/** The call-back that the archive shows at `place`; null: a consultation, or nothing. */
export function archivedCallback({ section, id }: Place): string | null {
  return section === "archive" && id?.startsWith(CALLBACK) === true ? id.slice(CALLBACK.length) : null;
}

/** The call-back whose card is open at `place`. */
export function openCallback(place: Place): string | null {
  return place.section === "callbacks" ? place.id : null;
}
