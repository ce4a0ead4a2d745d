/** A reason that has to be given before something is done, as the server takes it. */

export const REASON_MAX = 500;

/** Whether it says something. */
export function isReason(reason: string): boolean {
  const { length } = reason.trim();
  return length > 0 && length <= REASON_MAX;
}
