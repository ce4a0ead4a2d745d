/** A list of many pages, fetched in the background up to a limit, shown from the first page on. */
import type { Page } from "@consilium/kit/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

export interface AllPages<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** There are more than `total`: the service stopped counting. */
  readonly atLeast?: boolean | undefined;
  readonly status: "pending" | "error" | "success";
  readonly error: unknown;
  readonly fetching: boolean;
  readonly complete: boolean;
  readonly more: () => void;
  readonly refetch: () => void;
}

/**
 * `eager`: pages go on by themselves until `limit` rows are here; else `more` asks for the next one.
 * `told`: the stream says what changes, so that what is here is not loaded again for its age alone.
 */
export function useAllPages<T>(
  key: readonly unknown[],
  fetchPage: (cursor: string | null) => Promise<Page<T>>,
  options: { eager: boolean; limit: number; told?: boolean },
): AllPages<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
    ...(options.told === true && { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false }),
  });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData, isFetchNextPageError } =
    query;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const goesOn =
    options.eager &&
    hasNextPage &&
    !isFetchingNextPage &&
    !isPlaceholderData &&
    !isFetchNextPageError &&
    items.length < options.limit;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return {
    items,
    total: data?.pages[0]?.total ?? 0,
    atLeast: data?.pages[0]?.at_least,
    status: query.status,
    error: query.error,
    fetching: query.isFetching,
    complete: data !== undefined && !hasNextPage,
    more: () => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    refetch: () => void query.refetch(),
  };
}
