/** A list that the service gives whole, without pages, as a table shows it. */
import type { UseQueryResult } from "@tanstack/react-query";

export function wholeList<Row>(query: UseQueryResult<unknown>, rows: readonly Row[]) {
  const refetch = () => void query.refetch();
  const { status, error, isFetching: fetching } = query;
  const total = rows.length;
  return {
    rows,
    total,
    filtered: false,
    list: { items: rows, total, status, error, fetching, more: refetch, refetch },
  };
}
