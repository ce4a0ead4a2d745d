/**
 * One tab of a browser runs the client of a user: two would break the ratchets of one key store.
 * The newest tab wins; the earlier one is told and offers «go on here».
 */

/** Resolves when this tab has the claim; `onLost` when another took it. Returns the function that gives it up. */
export async function claimTab(userId: string, onLost: () => void): Promise<() => void> {
  if (navigator.locks === undefined) return () => undefined;
  let giveUp: () => void = () => undefined;
  let mine = true;
  const held = new Promise<void>((resolve) => {
    giveUp = () => {
      mine = false;
      resolve();
    };
  });
  await new Promise<void>((claimed) => {
    navigator.locks
      .request(`consilium.client:${userId}`, { steal: true }, () => {
        claimed();
        return held;
      })
      .catch(() => {
        if (mine) onLost();
      });
  });
  return giveUp;
}
