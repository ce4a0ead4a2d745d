/** What lists are narrowed down by. A folder of its own: only the console has lists with filters. */
export type { ChoiceFilter, DayFilter, Filter, FilterChange, FilterOption, WordsFilter } from "./model.ts";
export { type FilterParts, type FilterWords, useFilters } from "./useFilters.tsx";
