/**
 * Which sign-ins on other devices this device has shown, kept until a sign-out. What happened before this device first looked is not
 * news to it; the profile lists it all the same.
 */
import type { SecretRelease } from "@consilium/kit/api";

const SEEN = "consilium.seen-sign-in:";

/** The latest sign-in on another device that was not shown here yet; the first look only remembers where the list stands. */
export function unseenRelease(
  releases: readonly SecretRelease[],
  { userId, deviceId }: { userId: string; deviceId: string },
): SecretRelease | null {
  const seen = localStorage.getItem(SEEN + userId);
  if (seen === null) {
    markSeen(userId, releases[0]?.at ?? "");
    return null;
  }
  const since = Date.parse(seen) || 0;
  return releases.find((release) => release.device_id !== deviceId && Date.parse(release.at) > since) ?? null;
}

/** Everything up to this time was shown. */
export function markSeen(userId: string, at: string): void {
  localStorage.setItem(SEEN + userId, at);
}

export function forgetSeen(userId: string): void {
  localStorage.removeItem(SEEN + userId);
}
