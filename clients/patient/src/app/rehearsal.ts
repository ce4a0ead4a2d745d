/**
 * A rehearsal: the address that the phone opened has its code. The service is told that the app is open; who signs in is told later, by the notice that
 * comes for it (`features/rehearsal`). Everybody loads this: it knows no API.
 */

const KEY = "consilium.rehearsal";
const CODE = /^[0-9a-f]{24}$/;

/** Takes the code out of the address, once. */
export function takeRehearsal(consultUrl: string): void {
  const code = new URLSearchParams(location.search).get("rehearsal");
  if (code === null) return;
  history.replaceState(history.state, "", location.pathname + location.hash);
  if (!CODE.test(code)) return;
  sessionStorage.setItem(KEY, code);
  // Whether it is a rehearsal still is answered to who has signed in.
  fetch(`${consultUrl}/_consilium/v1/public/rehearsals/${code}/opened`, { method: "POST" }).catch(
    () => undefined,
  );
}

/** The rehearsal that this tab was opened for. */
export function rehearsalCode(): string | null {
  return sessionStorage.getItem(KEY);
}

/** It is over, or was none. */
export function forgetRehearsal(): void {
  sessionStorage.removeItem(KEY);
}
