/** A section that is one table: head with search and filters, rows page by page, and what stands there instead of rows. */
import type { Filter } from "@consilium/kit/ui/filters";
import type { SortingState } from "@tanstack/react-table";
import type { TFunction } from "i18next";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { useTableHandle } from "../desk/useTableHandle.ts";
import { useReadable } from "../live/hooks.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { type Column, column, DataTable } from "../ui/DataTable.tsx";
import { Problem } from "../ui/Loadable.tsx";
import { Search } from "../ui/Search.tsx";
import { TableHead } from "../ui/TableHead.tsx";
import { useListFilters } from "./filters.ts";
import { type Emptiness, ListBody, type Listed } from "./ListBody.tsx";
import { PickBox } from "./PickBox.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { type Selecting, useSelection } from "./useSelection.ts";

const ROW_HEIGHT = { dense: 32, comfortable: 40 } as const;
const NO_SORTING: SortingState = [];
const NO_FILTERS: readonly Filter[] = [];

/** Sorting as it stands in the address: `name`, `-name`. */
export function sortingOf(sort: string | undefined, usual: SortingState): SortingState {
  return sort === undefined ? usual : [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }];
}

/** The box by which a row is chosen, before everything else. */
function pickColumn<T extends { readonly id: string }>(
  label: (row: T) => string,
  { ids, pick }: Selecting,
  t: TFunction,
): Column<T> {
  return column({
    id: "pick",
    track: "2rem",
    header: t("bulk.column"),
    cell: (row) => (
      <PickBox
        label={t("bulk.choose", { name: label(row) })}
        checked={ids.has(row.id)}
        tabbable={false}
        onPick={(shift) => pick(row.id, shift)}
      />
    ),
  });
}

interface TableViewProps<T extends { readonly id: string }> {
  columns: readonly Column<T>[];
  list: Listed<unknown>;
  rows: readonly T[];
  total: number;
  filtered: boolean;
  filters?: readonly Filter[];
  nothing: Emptiness;
  sorting?: SortingState;
  /** Name of the search field, and milliseconds of silence before a change counts. */
  search?: { label: string; delay: number };
  tools?: ReactNode;
  /** Rows can be chosen, to be acted on together: what can be done with them, by their ids in the order of the screen. */
  choosing?: { label: (row: T) => string; acts: (selecting: Selecting) => ReactNode };
}

export function TableView<T extends { readonly id: string }>(props: TableViewProps<T>) {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { place, open, filter } = useDesk();
  const { density } = useReadable(prefs.prefs);
  const handle = useTableHandle(place.section);
  const { list, rows, search, filters = NO_FILTERS } = props;
  const parts = useListFilters(filters, { wide: true });
  const title = t(`section.${place.section}`);
  const rowHeight = ROW_HEIGHT[density];
  const { choosing } = props;
  const [order, setOrder] = useState<readonly string[]>([]);
  const selecting = useSelection(order, JSON.stringify(place.search));
  const { onOrder } = handle;
  const ordered = useCallback(
    (ids: readonly string[]) => {
      setOrder(ids);
      onOrder(ids);
    },
    [onOrder],
  );
  const columns = useMemo(
    () =>
      choosing === undefined ? props.columns : [pickColumn(choosing.label, selecting, t), ...props.columns],
    [choosing, props.columns, selecting, t],
  );
  return (
    <>
      <TableHead
        title={title}
        total={{ total: props.total, atLeast: props.list.atLeast }}
        filters={filters.length === 0 ? undefined : parts}
        tools={props.tools}
        search={
          search && (
            <Search
              ref={handle.search}
              value={place.search.q ?? ""}
              onChange={(q) => filter({ q })}
              {...search}
            />
          )
        }
      />
      <ListBody
        list={list}
        count={rows.length}
        filtered={props.filtered}
        nothing={props.nothing}
        rowHeight={rowHeight}
      >
        {choosing !== undefined && (
          <SelectionBar selecting={selecting} total={rows.length}>
            {choosing.acts(selecting)}
          </SelectionBar>
        )}
        <DataTable
          label={title}
          columns={columns}
          onKeyDown={choosing === undefined ? undefined : selecting.onKeyDown}
          rows={rows}
          sorting={props.sorting ?? NO_SORTING}
          onSorting={([by]) => filter({ sort: by === undefined ? null : `${by.desc ? "-" : ""}${by.id}` })}
          current={place.id}
          onOpen={(id) => open(id)}
          onOrder={ordered}
          onEnd={list.more}
          rowHeight={rowHeight}
          // The next page did not come: what is here stays.
          footer={
            list.status === "error" && <Problem error={list.error} onRetry={list.more} busy={list.fetching} />
          }
        />
      </ListBody>
    </>
  );
}
