/**
 * A table of many rows on TanStack Table: sortable heads, rows drawn only where they are seen.
 *
 * Roles of a table over a grid of boxes, because a virtual list cannot be a `<table>`. One row is in the tab order; the
 * arrows, J and K move it; Enter or a click opens. Where the pane is narrow a row is a card with a label before each value.
 */
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { IconArrowDown, IconArrowUp } from "../icons.ts";
import classes from "./DataTable.module.css";
import { moveByArrows, useFocusOnCurrent } from "./rows.ts";

export const TABLE_FEATURES = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
export type Column<T extends { readonly id: string }> = ColumnDef<typeof TABLE_FEATURES, T> & {
  readonly id: string;
  /** CSS grid track: `minmax(0, 2fr)`, `8rem`. */
  readonly track: string;
  /** Left out below 60 rem; below 44 rem rows are cards, and everything is there again. */
  readonly spare?: true;
  readonly numeric?: true;
};

interface Shown<T extends { readonly id: string }>
  extends Pick<Column<T>, "id" | "track" | "spare" | "numeric"> {
  header: string;
  cell: (row: T) => ReactNode;
  /** What it is sorted by: the first press sorts text up and numbers down. Without it nothing sorts by it. */
  value?: (row: T) => string | number;
  /** The order, where it is another than that of the values. */
  compare?: (a: T, b: T) => number;
}

export function column<T extends { readonly id: string }>({
  cell,
  value,
  compare,
  ...rest
}: Shown<T>): Column<T> {
  const shown: Column<T> = { ...rest, enableSorting: false, cell: ({ row }) => cell(row.original) };
  if (value === undefined) return shown;
  const order = compare ?? ((a: T, b: T) => byValue(value(a), value(b)));
  return {
    ...shown,
    enableSorting: true,
    accessorFn: value,
    sortFn: (a, b) => order(a.original, b.original),
  };
}

/** Numbers by size; text, such as times, by code unit. */
export function byValue<V extends string | number>(a: V, b: V): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface DataTableProps<T extends { readonly id: string }> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  sorting: SortingState;
  onSorting: (sorting: SortingState) => void;
  current: string | null;
  onOpen: (id: string) => void;
  /** Keys that the rows do not use themselves. */
  onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  /** Order of the rows on the screen, for J and K. */
  onOrder: (ids: readonly string[]) => void;
  /** Near the end: more may be fetched. */
  onEnd?: () => void;
  footer?: ReactNode;
  rowHeight: number;
}

export function DataTable<T extends { readonly id: string }>(props: DataTableProps<T>) {
  const { columns, rows, sorting, onSorting, current, onOrder } = props;
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features: TABLE_FEATURES,
    columns: columns as Column<T>[],
    data,
    getRowId: (row) => row.id,
    state: { sorting },
    onSortingChange: (change) => onSorting(typeof change === "function" ? change(sorting) : change),
    enableSortingRemoval: false,
  });
  const sorted = table.getRowModel().rows;
  const ids = useMemo(() => sorted.map(({ id }) => id), [sorted]);
  useEffect(() => onOrder(ids), [ids, onOrder]);
  const tracks = trackLists(columns);
  const scroll = useRef<VirtualizerHandle>(null);
  const body = useRef<HTMLDivElement>(null);
  const index = current === null ? -1 : ids.indexOf(current);
  useEffect(() => {
    if (index >= 0) scroll.current?.scrollToIndex(index, { align: "nearest" });
  }, [index]);
  useFocusOnCurrent(body, current);

  return (
    <div
      className={classes.table}
      role="table"
      aria-label={props.label}
      aria-rowcount={ids.length + 1}
      style={{ ...tracks, "--row-height": `${props.rowHeight / 16}rem` } as CSSProperties}
    >
      <Heads table={table} columns={columns} />
      <div
        ref={body}
        className={classes.body}
        role="rowgroup"
        onKeyDown={(event) => {
          moveByArrows(event);
          props.onKeyDown?.(event);
        }}
        onScroll={(event) => {
          const box = event.currentTarget;
          if (box.scrollHeight - box.scrollTop - box.clientHeight < 600) props.onEnd?.();
        }}
      >
        <Virtualizer ref={scroll} data={sorted} itemSize={props.rowHeight}>
          {(row, position) => (
            <div
              key={row.id}
              role="row"
              aria-rowindex={position + 2}
              aria-selected={row.id === current}
              data-current={row.id === current}
              data-row={row.id}
              tabIndex={row.id === current || (index < 0 && position === 0) ? 0 : -1}
              className={classes.row}
              onClick={() => props.onOpen(row.id)}
              onKeyDown={(event) => onRowKey(event, () => props.onOpen(row.id))}
            >
              {row.getAllCells().map((cell, place) => (
                <div
                  key={cell.id}
                  role="cell"
                  className={classes.cell}
                  data-spare={columns[place]?.spare}
                  data-numeric={columns[place]?.numeric}
                  data-label={labelOf(columns[place])}
                >
                  <div className={classes.value}>
                    <table.FlexRender cell={cell} />
                  </div>
                </div>
              ))}
            </div>
          )}
        </Virtualizer>
        {props.footer}
      </div>
    </div>
  );
}

/** Words before a value in a card. */
function labelOf<T extends { readonly id: string }>(column: Column<T> | undefined): string | undefined {
  return typeof column?.header === "string" ? column.header : undefined;
}

function trackLists(columns: readonly { track: string; spare?: true }[]): CSSProperties {
  const list = (shown: readonly { track: string }[]) => shown.map(({ track }) => track).join(" ");
  /** Where there is little room a cell ends in "…": no column goes out of sight. */
  const shrinking = (tracks: string) => tracks.replaceAll(/minmax\([^,]+,/g, "minmax(0,");
  const tracks = {
    "--tracks": list(columns),
    "--tracks-middle": shrinking(list(columns.filter(({ spare }) => spare === undefined))),
  };
  return tracks as CSSProperties;
}

function onRowKey(event: KeyboardEvent<HTMLDivElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  // With Shift the space bar chooses the row.
  if (event.key !== "Enter" && (event.key !== " " || event.shiftKey)) return;
  event.preventDefault();
  open();
}

type TableOf<T extends { readonly id: string }> = ReturnType<typeof useTable<typeof TABLE_FEATURES, T>>;

function Heads<T extends { readonly id: string }>({
  table,
  columns,
}: {
  table: TableOf<T>;
  columns: readonly Column<T>[];
}) {
  return (
    <div role="rowgroup" className={classes.heads}>
      {table.getHeaderGroups().map((group) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the buttons inside take the focus
        <div key={group.id} role="row" aria-rowindex={1} className={classes.head}>
          {group.headers.map((header, place) => {
            const direction = header.column.getIsSorted();
            const sortable = header.column.getCanSort();
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: see above
              <div
                key={header.id}
                role="columnheader"
                className={classes.cell}
                data-spare={columns[place]?.spare}
                data-numeric={columns[place]?.numeric}
                data-sortable={sortable}
                aria-sort={
                  direction === "asc"
                    ? "ascending"
                    : direction === "desc"
                      ? "descending"
                      : sortable
                        ? "none"
                        : undefined
                }
              >
                {sortable ? (
                  <button
                    type="button"
                    className={classes.sort}
                    data-on={direction !== false}
                    onClick={header.column.getToggleSortingHandler()}
                  >
                    <table.FlexRender header={header} />
                    {direction === "asc" && <IconArrowUp size={14} stroke={2} aria-hidden />}
                    {direction === "desc" && <IconArrowDown size={14} stroke={2} aria-hidden />}
                  </button>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
