/**
 * Whose media come without their key: pure. A key is sent once, to the devices that the sender knows at that moment; a device that has
 * just signed in may not be among them. Coming into the call anew makes all send theirs again.
 */

/** A key comes within a second; on a machine with much to do it takes longer. */
export const KEY_PATIENCE_MS = 10_000;
/** So often this device comes anew; then somebody sends no keys, and it would help nobody. */
export const RENEWALS_MAX = 3;

export interface Keyless {
  /** Since when somebody is heard of without a key. */
  since: ReadonlyMap<string, number>;
  renewals: number;
  /** This device shall come anew, now. */
  isDue: boolean;
}

export const ALL_KEYS: Keyless = { since: new Map(), renewals: 0, isDue: false };

/** `silent`: identities that send something, and whose key is not here. */
export function nextKeyless(before: Keyless, silent: readonly string[], at: number): Keyless {
  const since = new Map(silent.map((identity) => [identity, before.since.get(identity) ?? at]));
  const isLong = [...since.values()].some((time) => at - time >= KEY_PATIENCE_MS);
  if (!isLong || before.renewals >= RENEWALS_MAX) return { since, renewals: before.renewals, isDue: false };
  return {
    since: new Map(silent.map((identity) => [identity, at])),
    renewals: before.renewals + 1,
    isDue: true,
  };
}
