/**
 * Where this account is signed in, and ending it there: plain calls of the Client-Server API, so that they need no SDK.
 * [devices](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3devices),
 * [delete_devices](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3delete_devices).
 */
import { refreshSession, refusesToken, sessionStore } from "./session.ts";
import type { Session } from "./types.ts";

/** One place where the account is signed in. */
export interface SignInPlace {
  /** Not for people. */
  id: string;
  /** What it calls itself, such as «Firefox, Linux»; `null`: nothing. */
  name: string | null;
  /** Unit: milliseconds since 1970; `null`: the server does not say. */
  lastSeenAt: number | null;
  isHere: boolean;
}

export type EndOutcome = "done" | "wrong-password" | "too-many-tries" | "offline" | "failed";

/** This place first, then the latest seen. Throws when the server does not answer, or not so. */
export async function listSignIns(): Promise<SignInPlace[]> {
  const response = await asked("GET", "/devices");
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { devices } = (await response.json()) as { devices: DeviceBody[] };
  const here = sessionStore.load()?.deviceId;
  const places = devices.map((device) => placeOf(device, here));
  return places.sort(
    (one, other) =>
      Number(other.isHere) - Number(one.isHere) || (other.lastSeenAt ?? 0) - (one.lastSeenAt ?? 0),
  );
}

/** The protocol wants the password for it: first it is asked which session the proof belongs to. */
export async function endSignIns(ids: readonly string[], password: string): Promise<EndOutcome> {
  try {
    const first = await asked("POST", "/delete_devices", { devices: ids });
    if (first.status !== 401) return outcomeOf(first);
    const { session } = (await first.json()) as { session?: string };
    const user = sessionStore.load()?.userId;
    const identifier = { type: "m.id.user", user };
    const auth = { type: "m.login.password", identifier, password, session };
    return outcomeOf(await asked("POST", "/delete_devices", { devices: ids, auth }));
  } catch {
    return "offline";
  }
}

interface DeviceBody {
  device_id: string;
  display_name?: string | null;
  last_seen_ts?: number | null;
}

function placeOf(device: DeviceBody, here: string | undefined): SignInPlace {
  const name = device.display_name?.trim() ?? "";
  return {
    id: device.device_id,
    name: name === "" ? null : name,
    lastSeenAt: device.last_seen_ts ?? null,
    isHere: device.device_id === here,
  };
}

function outcomeOf({ status, ok }: Response): EndOutcome {
  if (ok) return "done";
  if (status === 401 || status === 403) return "wrong-password";
  if (status === 429) return "too-many-tries";
  return status >= 502 && status <= 504 ? "offline" : "failed";
}

/** With the token of this sign-in, refreshed where the server refuses it. */
async function asked(method: "GET" | "POST", path: string, body?: object): Promise<Response> {
  const session = sessionStore.load();
  if (session === null) throw new Error("nobody is signed in");
  const response = await send(session, method, path, body);
  if (response.status !== 401 || !(await refusesToken(response))) return response;
  const again = await refreshSession(session.accessToken);
  return again.outcome === "refreshed" ? send(again.session, method, path, body) : response;
}

function send(session: Session, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${session.homeserverUrl}/_matrix/client/v3${path}`, {
    method,
    headers: {
      authorization: `Bearer ${session.accessToken}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
