/**
 * An invitation: the address that a person opened by a link of the desk has its secret, behind the `#`, which no server sees. It is kept for this tab until the
 * password is set. Everybody loads this: it knows no API.
 */

const KEY = "consilium.invitation";
const PATH = "/invitation";
const SECRET = /^#[A-Za-z0-9_-]{1,128}$/;

/** Takes the secret out of the address, once. */
export function takeInvitation(): void {
  if (location.pathname !== PATH) return;
  const { hash } = location;
  history.replaceState(history.state, "", "/");
  if (SECRET.test(hash)) sessionStorage.setItem(KEY, hash.slice(1));
}

/** The link that this tab was opened by. */
export function invitationSecret(): string | null {
  return sessionStorage.getItem(KEY);
}

/** The person has come, or goes another way. */
export function forgetInvitation(): void {
  sessionStorage.removeItem(KEY);
}
