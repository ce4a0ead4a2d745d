/** How one call of the API is written and read: the parts of its address, its filters, and its answer. */
import { ApiProblem } from "./problem.ts";

export const at = <P extends Record<string, string>>(path: P) => ({ params: { path } });

/** Failures have been thrown as problems before: what is left is data. */
export async function answer<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) throw new ApiProblem("unexpected", response.status, "an answer without a body");
  return data;
}

type Set<Q> = { [K in keyof Q]?: Exclude<Q[K], null> };

/** Filters that are not set are left out. */
export function set<Q extends object>(query: Q): Set<Q> {
  const entries = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return Object.fromEntries(entries) as Set<Q>;
}
