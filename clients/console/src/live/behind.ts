/** What stands behind a number of a report, as an address names it: reports open it, the wallboard leads to it. */
import type { ReportFigure } from "@consilium/kit/api";

/** What is behind a number: of a row, or without a key of the whole period. */
export interface Behind {
  readonly figure: ReportFigure;
  readonly key: string | null;
}

/** As it stands in the address: `closed`, `closed~2026-11-28`; `closed~` is the row without a key. */
export function behindId({ figure, key }: Behind): string {
  return key === null ? figure : `${figure}~${key}`;
}
