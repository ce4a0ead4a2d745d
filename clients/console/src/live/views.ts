/**
 * Saved views: what the address says as the query of its list, and back; what a view counts, and what it names that is gone.
 *
 * The service keeps a list's own query, so that whoever reads a view can ask the list. The address has the same names but
 * for a few (`RENAMED`); days of the calendar are points in time there. Columns by which a table sorts the rows that it
 * has are no order of the list: they are kept beside the query. Plain functions.
 */
import type { SavedView, SavedViewChange, SavedViewSection, Tag } from "@consilium/kit/api";
import { dayStart } from "../format.ts";
import type { Board } from "./board.ts";
import { filterOf, openRows } from "./callback-list.ts";
import { countRows } from "./queue-list.ts";
import { changeSearch, type DeskSearch, listFilter, type Place, parseSearch } from "./route.ts";
import { isQueueSection, type Section } from "./sections.ts";

type Field = keyof DeskSearch;

const LIVE: readonly Field[] = [
  "q",
  "queue",
  "operator",
  "tag",
  "field",
  "urgent",
  "red_flag",
  "sla",
  "unanswered",
  "language",
  "sort",
];
const NOBODYS: readonly Field[] = LIVE.filter((field) => field !== "operator");

/** What of the address belongs to the query of each list. A filter that a list gets is written here, and works in views. */
const FIELDS: Readonly<Record<SavedViewSection, readonly Field[]>> = {
  waiting: NOBODYS,
  mine: NOBODYS,
  active: LIVE,
  on_hold: LIVE,
  callbacks: ["q", "state", "due", "queue", "operator", "source", "outcome"],
  archive: [
    "q",
    "queue",
    "operator",
    "tag",
    "field",
    "days",
    "from",
    "to",
    "stars_max",
    "conclusion",
    "held",
    "sort",
  ],
  patients: ["q", "field", "sex", "days"],
};

/** Lists whose rows the console sorts by columns. */
const BY_COLUMNS: readonly SavedViewSection[] = ["callbacks", "patients"];

const RENAMED: Readonly<Record<string, string>> = { state: "view" };

export function sectionOfView({ section }: Pick<SavedView, "section">): Section {
  return section === "on_hold" ? "on-hold" : section;
}

/** The list of a section, as views name it; null: it has no views. */
export function viewSection(section: Section): SavedViewSection | null {
  const name = section === "on-hold" ? "on_hold" : section;
  return name in FIELDS ? (name as SavedViewSection) : null;
}

/** What a view says of its list. */
export type ViewQuery = Pick<SavedView, "section" | "query" | "order">;

/** What the address asks of its list; null where that list has no views. The archive's other lists are none of its filters. */
export function queryOf({ section, search }: Pick<Place, "section" | "search">): ViewQuery | null {
  const name = viewSection(section);
  if (name === null || (name === "archive" && search.state !== undefined)) return null;
  const pairs = new URLSearchParams();
  const asked = meant(name, search);
  for (const field of FIELDS[name]) {
    const value = asked[field];
    if (value !== undefined) pairs.set(RENAMED[field] ?? field, askedFor(field, value));
  }
  const order = BY_COLUMNS.includes(name) ? (search.sort ?? null) : null;
  return { section: name, query: pairs.toString(), order };
}

/** Without what the list passes over beside something else: the service would refuse it. */
function meant(name: SavedViewSection, search: DeskSearch): DeskSearch {
  if (name === "archive" && search.days !== undefined) return changeSearch(search, { from: null, to: null });
  if (name !== "callbacks") return search;
  const { state, due, operator, source, outcome } = filterOf(search);
  return changeSearch(search, { state: state === "open" ? null : state, due, operator, source, outcome });
}

function askedFor(field: Field, value: string): string {
  if (field === "from") return dayStart(value);
  return field === "to" ? dayStart(value, 1) : value;
}

/** What the address says for a view, besides its name. What this console does not know is left out. */
export function searchOf({ section, query, order }: ViewQuery): DeskSearch {
  const pairs = new URLSearchParams(query);
  const search: Record<string, string> = {};
  for (const field of FIELDS[section]) {
    const value = pairs.get(RENAMED[field] ?? field);
    if (value !== null) search[field] = field === "from" || field === "to" ? dayOf(field, value) : value;
  }
  if (order !== null) search.sort = order;
  return parseSearch(search);
}

/** The local day of a point in time; the end of a span is the start of the day behind it. */
function dayOf(field: "from" | "to", instant: string): string {
  const at = new Date(Date.parse(instant) - (field === "to" ? 1 : 0));
  if (Number.isNaN(at.getTime())) return "";
  const two = (number: number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The address with what a view in it says, where it names one alone: such an address follows the view. */
export function resolved(
  section: Section,
  raw: DeskSearch,
  views: ReadonlyMap<string, SavedView>,
): DeskSearch {
  if (raw.view === undefined || Object.keys(raw).length > 1) return raw;
  const view = views.get(raw.view);
  if (view === undefined || sectionOfView(view) !== section) return raw;
  return { ...searchOf(view), view: view.id };
}

/** A changed address: one that only names its view would mean all that the view says, and that is what was taken away. */
export function withoutBareView(search: DeskSearch): DeskSearch {
  const { view, ...rest } = search;
  return view !== undefined && Object.keys(rest).length === 0 ? {} : search;
}

/** The view that is open at a place. */
export function viewAt(place: Place, views: ReadonlyMap<string, SavedView>): SavedView | null {
  const view = place.search.view === undefined ? undefined : views.get(place.search.view);
  return view === undefined || sectionOfView(view) !== place.section ? null : view;
}

export function sameQuery(a: ViewQuery, b: ViewQuery): boolean {
  return a.section === b.section && a.query === b.query && a.order === b.order;
}

/** Whether the list at a place is asked something else than its view says. */
export function isAltered(place: Place, view: SavedView): boolean {
  const [now, kept] = [queryOf(place), queryOf({ section: place.section, search: searchOf(view) })];
  return now !== null && kept !== null && !sameQuery(now, kept);
}

/** Whether there is something to keep at a place. */
export function isWorthKeeping(query: ViewQuery | null): query is ViewQuery {
  return query !== null && (query.query !== "" || query.order !== null);
}

/** How many rows a view shows, where they are live; null: its list is not. */
export function countOf(
  view: SavedView,
  board: Board,
  operatorId: string | null,
  now: number,
): number | null {
  const [section, search] = [sectionOfView(view), searchOf(view)];
  if (isQueueSection(section)) return countRows(board.rows.values(), section, listFilter(search), operatorId);
  if (section !== "callbacks") return null;
  const filter = filterOf(search);
  return filter.state === "ended" ? null : openRows(board.callbacks.values(), filter, operatorId, now).length;
}

/** A filter that names what is not there any more, or (a tag) is out of use. */
export type Gone = "queue" | "operator" | "tag";

/** What the address names that is gone. Lists that are empty are taken for not loaded yet. */
export function goneIn(
  search: DeskSearch,
  { queues, operators }: Pick<Board, "queues" | "operators">,
  tags: ReadonlyMap<string, Pick<Tag, "archived">>,
): Gone[] {
  const gone: Gone[] = [];
  if (search.queue !== undefined && queues.size > 0 && !queues.has(search.queue)) gone.push("queue");
  if (search.operator !== undefined && operators.size > 0 && !operators.has(search.operator))
    gone.push("operator");
  const tag = search.tag === undefined || tags.size === 0 ? undefined : tags.get(search.tag);
  if (search.tag !== undefined && tags.size > 0 && tag?.archived !== false) gone.push("tag");
  return gone;
}

export function isMine({ owner }: Pick<SavedView, "owner">, operatorId: string | null): boolean {
  return owner.id === operatorId;
}

/** What changes a view as it stands, with something of it changed. */
export function changeOf(
  view: SavedView,
  change: Partial<Omit<SavedViewChange, "version">>,
): SavedViewChange {
  const { version, name, section, query, order, sharing, removed } = view;
  return { version, name, section, query, order, sharing, removed, ...change };
}
