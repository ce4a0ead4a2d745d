/** Spans back from now by which lists are filtered. */

export const DAYS = ["1", "7", "30", "90", "365"] as const;

/** Whether the service takes it: 1 to 3660. */
export function isDays(value: string | undefined): value is string {
  return value !== undefined && /^[1-9]\d{0,3}$/.test(value) && Number(value) <= 3_660;
}
