/**
 * Who is signed in on this device. One sign-in for each app and origin, kept in `localStorage`, shared by its tabs.
 *
 * Refreshing is serialised across tabs by a Web Lock: two tabs with one refresh token would sign each other out.
 */
import type { Session } from "./types.ts";

const KEPT = "consilium.session";
const ENDED = "consilium.signed-out-by";
/** A token that ends within this time is refreshed before it is used. */
const REFRESH_AHEAD_MS = 10_000;

export interface SessionStore {
  load(): Session | null;
  save(session: Session): void;
  clear(): void;
  /** Another tab signed in, out or refreshed. */
  onChange(listener: (session: Session | null) => void): () => void;
}

export const sessionStore: SessionStore = {
  load: () => parse(localStorage.getItem(KEPT)),
  save: (session) => {
    localStorage.setItem(KEPT, JSON.stringify(session));
    localStorage.removeItem(ENDED);
  },
  clear: () => localStorage.removeItem(KEPT),
  onChange(listener) {
    const heard = (event: StorageEvent) => {
      if (event.key === KEPT || event.key === null) listener(parse(event.newValue));
    };
    addEventListener("storage", heard);
    return () => removeEventListener("storage", heard);
  },
};

const ENDED_BY = ["owner", "service_asked", "service", "unused"] as const;
/** At whose word the sign-in on this device was ended from elsewhere: the person's own, the clinic's because the person asked, or the clinic's; or that it was not used for half a year. */
export type EndedBy = (typeof ENDED_BY)[number];

/** How the last sign-in on this device ended, as the server says it; `null`: not from elsewhere, or nobody knows. Forgotten with the next one. */
export function lastEnding(): EndedBy | null {
  return endedBy(localStorage.getItem(ENDED));
}

function endedBy(word: unknown): EndedBy | null {
  return ENDED_BY.find((known) => known === word) ?? null;
}

/** A 401 is also how interactive authentication is asked for: only these codes speak of the token. */
export async function refusesToken(response: Response): Promise<boolean> {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const code = (body as { errcode?: unknown } | null)?.errcode;
  return code === "M_UNKNOWN_TOKEN" || code === "M_MISSING_TOKEN";
}

async function noteEnding(response: Response): Promise<void> {
  const body: unknown = await response.json().catch(() => null);
  const by = endedBy((body as Record<string, unknown> | null)?.["chat.consilium.signed_out_by"]);
  if (by !== null) localStorage.setItem(ENDED, by);
}

function parse(text: string | null): Session | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Session>;
    if (typeof value.userId !== "string" || typeof value.accessToken !== "string") return null;
    if (typeof value.deviceId !== "string" || typeof value.homeserverUrl !== "string") return null;
    return {
      userId: value.userId,
      deviceId: value.deviceId,
      accessToken: value.accessToken,
      homeserverUrl: value.homeserverUrl,
      refreshToken: value.refreshToken ?? null,
      expiresAt: value.expiresAt ?? null,
    };
  } catch {
    return null;
  }
}

export function needsRefresh(session: Session, now: number): boolean {
  return session.expiresAt !== null && session.expiresAt - REFRESH_AHEAD_MS <= now;
}

export type RefreshResult =
  | { outcome: "refreshed"; session: Session }
  /** The server knows this sign-in no more. */
  | { outcome: "ended" }
  | { outcome: "offline" };

/**
 * `POST /_matrix/client/v3/refresh` for the session in the store (not for a stale copy of it).
 *
 * `used` is the access token that was refused: when another tab has refreshed meanwhile, its session is the answer.
 */
export function refreshSession(used: string, store: SessionStore = sessionStore): Promise<RefreshResult> {
  return withLock(async () => {
    const session = store.load();
    if (session === null) return { outcome: "ended" };
    if (session.accessToken !== used) return { outcome: "refreshed", session };
    if (session.refreshToken === null) return { outcome: "ended" };
    let response: Response;
    try {
      response = await fetch(`${session.homeserverUrl}/_matrix/client/v3/refresh`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ refresh_token: session.refreshToken }),
      });
    } catch {
      return { outcome: "offline" };
    }
    if (response.status === 401 || response.status === 403) {
      await noteEnding(response);
      return { outcome: "ended" };
    }
    if (!response.ok) return { outcome: "offline" };
    const body = (await response.json()) as TokenBody;
    const fresh = { ...session, ...tokensOf(body, Date.now(), session.refreshToken) };
    store.save(fresh);
    return { outcome: "refreshed", session: fresh };
  });
}

export interface TokenBody {
  access_token: string;
  refresh_token?: string;
  expires_in_ms?: number;
}

export function tokensOf(
  body: TokenBody,
  now: number,
  earlierRefreshToken: string | null = null,
): Pick<Session, "accessToken" | "refreshToken" | "expiresAt"> {
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token ?? earlierRefreshToken,
    expiresAt: body.expires_in_ms === undefined ? null : now + body.expires_in_ms,
  };
}

function withLock<T>(task: () => Promise<T>): Promise<T> {
  if (typeof navigator === "undefined" || navigator.locks === undefined) return task();
  return navigator.locks.request("consilium.refresh", task) as Promise<T>;
}
