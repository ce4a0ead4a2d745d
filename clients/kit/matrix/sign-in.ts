/**
 * Sign in and register by password: plain calls of the Client-Server API, so that the first screen needs no SDK.
 * [login](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3login),
 * [register](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3register).
 */
import { type TokenBody, tokensOf } from "./session.ts";
import type { RegisterRequest, Session, SignInFailure, SignInRequest, SignInResult } from "./types.ts";

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export async function signIn(request: SignInRequest): Promise<SignInResult> {
  const answer = await post(`${request.homeserverUrl}/_matrix/client/v3/login`, {
    type: "m.login.password",
    identifier: { type: "m.id.user", user: localpartOf(request.login) },
    password: request.password,
    initial_device_display_name: request.deviceName,
    refresh_token: true,
  });
  return resultOf(answer, request.homeserverUrl);
}

export async function register(request: RegisterRequest): Promise<SignInResult> {
  const url = `${request.homeserverUrl}/_matrix/client/v3/register`;
  const wish = {
    username: localpartOf(request.login),
    password: request.password,
    initial_device_display_name: request.deviceName,
    refresh_token: true,
  };
  const first = await post(url, wish);
  if (first === null || first.status !== 401) return resultOf(first, request.homeserverUrl);
  const { session, flows } = first.body;
  if (!offersOpenRegistration(flows)) return { ok: false, failure: { reason: "closed" } };
  const auth = { type: "m.login.dummy", ...(typeof session === "string" ? { session } : {}) };
  const result = resultOf(await post(url, { ...wish, auth }), request.homeserverUrl);
  if (result.ok) await nameAccount(result.session, request.displayName);
  return result;
}

/** Ends the sign-in at the server. Best effort: without a network the server forgets it by its own time limit. */
export async function signOutRemotely(session: Session): Promise<void> {
  await fetch(`${session.homeserverUrl}/_matrix/client/v3/logout`, {
    method: "POST",
    headers: { authorization: `Bearer ${session.accessToken}` },
    keepalive: true,
  }).catch(() => undefined);
}

/** `@anna:clinic.example` and ` Anna ` both mean `anna`. */
export function localpartOf(login: string): string {
  const trimmed = login.trim().toLowerCase();
  return trimmed.startsWith("@") ? (trimmed.slice(1).split(":")[0] ?? "") : trimmed;
}

function offersOpenRegistration(flows: unknown): boolean {
  if (!Array.isArray(flows)) return false;
  return flows.some((flow: { stages?: unknown }) => {
    const stages = flow?.stages;
    return Array.isArray(stages) && stages.length === 1 && stages[0] === "m.login.dummy";
  });
}

async function nameAccount(session: Session, name: string): Promise<void> {
  const path = `/_matrix/client/v3/profile/${encodeURIComponent(session.userId)}/displayname`;
  await fetch(`${session.homeserverUrl}${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${session.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ displayname: name }),
  }).catch(() => undefined);
}

/** `null`: the server was not reached. */
async function post(url: string, body: object): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const parsed: unknown = await response.json().catch(() => ({}));
    return { status: response.status, body: (parsed ?? {}) as Record<string, unknown> };
  } catch {
    return null;
  }
}

function resultOf(answer: Answer | null, homeserverUrl: string): SignInResult {
  if (answer === null) return { ok: false, failure: { reason: "offline" } };
  const { status, body } = answer;
  const { user_id: userId, device_id: deviceId, access_token: accessToken } = body;
  if (
    status === 200 &&
    typeof userId === "string" &&
    typeof deviceId === "string" &&
    typeof accessToken === "string"
  ) {
    const tokens = tokensOf(body as unknown as TokenBody, Date.now());
    return { ok: true, session: { userId, deviceId, homeserverUrl, ...tokens } };
  }
  return { ok: false, failure: failureOf(status, body) };
}

export function failureOf(status: number, body: Record<string, unknown>): SignInFailure {
  const detail = typeof body.error === "string" ? body.error : `HTTP ${status}`;
  const code = typeof body.errcode === "string" ? body.errcode : "";
  if (code === "M_LIMIT_EXCEEDED" || status === 429) {
    const after = body.retry_after_ms;
    return { reason: "too-many-tries", retryAfterMs: typeof after === "number" ? after : 30_000 };
  }
  if (code === "M_USER_IN_USE") return { reason: "login-taken" };
  if (code === "M_INVALID_USERNAME" || code === "M_EXCLUSIVE") return { reason: "login-invalid" };
  if (code === "M_WEAK_PASSWORD" || code === "M_PASSWORD_TOO_SHORT")
    return { reason: "weak-password", detail };
  if (code === "M_USER_DEACTIVATED") return { reason: "deactivated" };
  if (code === "M_USER_LOCKED") return { reason: "locked" };
  if (code === "M_FORBIDDEN") {
    return /regist/i.test(detail) ? { reason: "closed" } : { reason: "wrong-password" };
  }
  if (status >= 502 && status <= 504) return { reason: "offline" };
  return { reason: "server", detail };
}
