/** What a list can be narrowed down by, as data: which filters are on, what they say, what takes them away. No React. */

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

export interface FilterGroup {
  readonly group: string;
  readonly items: FilterOption[];
}

/** What of a list's address changes; null: it goes. */
export type FilterChange = Readonly<Record<string, string | null>>;

interface Named {
  /** Where it stands in the address; no two filters of a list have the same. */
  readonly field: string;
  readonly label: string;
  readonly value: string | null;
  /** What else changes with it. Where nothing is said, its own field alone. */
  readonly changes?: (value: string | null) => FilterChange;
}

/** One of a few, or one that is looked for among many. */
export interface ChoiceFilter extends Named {
  readonly kind: "choice";
  readonly options: readonly (FilterOption | FilterGroup)[];
  /** One is always chosen: it says which list this is, so it stands in sight, has no chip and is never cleared. */
  readonly required?: boolean;
  /** Its options say by themselves what they are of. */
  readonly plain?: boolean;
  /** There are more than fit: whoever has them looks for what is typed, and `options` are what was found. */
  readonly onSearch?: (typed: string) => void;
}

/** A day of the calendar, `YYYY-MM-DD`. */
export interface DayFilter extends Named {
  readonly kind: "day";
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** What is typed. */
export interface WordsFilter extends Named {
  readonly kind: "words";
}

export type Filter = ChoiceFilter | DayFilter | WordsFilter;

export function isRequired(filter: Filter): filter is ChoiceFilter & { readonly required: true } {
  return filter.kind === "choice" && filter.required === true;
}

/** Whether it takes rows away. */
export function isOn(filter: Filter): boolean {
  return !isRequired(filter) && filter.value !== null && filter.value !== "";
}

export function changeOf({ field, changes }: Filter, value: string | null): FilterChange {
  return changes === undefined ? { [field]: value } : changes(value);
}

/** What takes all of them away. */
export function changeWithout(filters: readonly Filter[]): FilterChange {
  return Object.fromEntries(filters.flatMap((filter) => Object.entries(changeOf(filter, null))));
}

export function optionsOf({ options }: ChoiceFilter): readonly FilterOption[] {
  return options.flatMap((one) => ("items" in one ? one.items : [one]));
}

/** What a filter that is on says: «Service: Surgeon». What it names is not there any more: its own name alone. */
export function wordsOf(filter: Filter, dayWords: (day: string) => string): string {
  const { label, value } = filter;
  if (value === null) return label;
  if (filter.kind === "words") return `${label}: ${value}`;
  if (filter.kind === "day") return `${label}: ${dayWords(value)}`;
  const chosen = optionsOf(filter).find((option) => option.value === value);
  if (chosen === undefined) return label;
  return filter.plain === true ? chosen.label : `${label}: ${chosen.label}`;
}
