/** Where the pretend patient is signed in. */
const MINUTE_MS = 60_000;

export const DEVICES = [
  { device_id: "D", display_name: "Chrome, Android", last_seen_ts: Date.now() },
  { device_id: "OTHER", display_name: "Safari, iPad", last_seen_ts: Date.now() - 12 * MINUTE_MS },
  { device_id: "OLD", display_name: "Firefox, Windows", last_seen_ts: Date.now() - 40 * 60 * MINUTE_MS },
];
