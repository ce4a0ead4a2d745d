/** A search of the archive's full text, page by page. Each look is recorded, so none is made that nobody asked for. */
import { ApiProblem, type ArchiveHit, type ArchiveQuery } from "@consilium/kit/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useConsole } from "../../session/ConsoleContext.tsx";

const PAGE = 20;

export interface FullText {
  readonly hits: readonly ArchiveHit[];
  /** How many there are in all; null: nobody knows before all records were looked through. */
  readonly total: number | null;
  /** Records that cannot be found yet. */
  readonly toIndex: number;
  readonly status: "pending" | "error" | "success";
  readonly error: unknown;
  /** Whether nothing can be looked up by these words. */
  readonly refused: boolean;
  readonly fetching: boolean;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** `words`: empty while nothing is searched for. */
export function useFullText(words: string, { sort: _, ...filters }: ArchiveQuery): FullText {
  const { api } = useConsole();
  const query = useInfiniteQuery({
    queryKey: ["archive-search", words, filters],
    queryFn: ({ pageParam }) =>
      api.archiveSearch({ ...filters, text: words, limit: PAGE, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: words !== "",
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    refetchOnMount: false,
    retry: false,
  });
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  const hits = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const last = data?.pages.at(-1);
  return {
    hits,
    total: data?.pages[0]?.total ?? null,
    toIndex: last?.to_index ?? 0,
    status: query.status,
    error,
    refused: error instanceof ApiProblem && error.slug === "invalid",
    fetching: isFetching,
    hasMore: hasNextPage,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    again: () => void refetch(),
  };
}
