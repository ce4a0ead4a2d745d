/** What was asked for, once it is here; until then a skeleton of it, or why it does not come. */
import type { ReactNode } from "react";
import { Loading, Problem } from "./Loadable.tsx";

/** What a query answers, as far as it is shown. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  answer: Answer<T>;
  /** Of the skeleton. */
  rows: number;
  rowHeight: number;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ answer, rows, rowHeight, children }: LoadedProps<T>) {
  const { data, isError, error, isFetching, refetch } = answer;
  if (data !== undefined) return children(data);
  if (isError) return <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />;
  return <Loading rows={rows} rowHeight={rowHeight} />;
}
