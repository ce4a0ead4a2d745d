/**
 * The access token of a running client: refreshed ahead of its end, or after the server refused it, then used again.
 *
 * The SDK refreshes only tokens of OAuth 2; ours come from password sign-in (`POST /refresh`), so this wraps its `fetch`.
 */
import { needsRefresh, refreshSession, refusesToken, type SessionStore, sessionStore } from "./session.ts";
import type { Session } from "./types.ts";

export interface TokenEvents {
  onSession: (session: Session) => void;
  onEnded: () => void;
}

export class Tokens {
  private session: Session;
  private readonly events: TokenEvents;
  private readonly store: SessionStore;
  private ended = false;

  constructor(session: Session, events: TokenEvents, store: SessionStore = sessionStore) {
    this.session = session;
    this.events = events;
    this.store = store;
    this.fetch = this.fetch.bind(this);
  }

  get accessToken(): string {
    return this.session.accessToken;
  }

  /** Another tab refreshed. */
  adopt(session: Session): void {
    this.session = session;
    this.events.onSession(session);
  }

  /** `false`: there will be no other token. Throws when the server cannot be reached. */
  async refresh(refused: string): Promise<boolean> {
    if (this.session.accessToken !== refused) return true;
    const result = await refreshSession(refused, this.store);
    if (result.outcome === "refreshed") {
      this.adopt(result.session);
      return true;
    }
    if (result.outcome === "offline") throw new TypeError("The server cannot be reached.");
    if (!this.ended) {
      this.ended = true;
      this.events.onEnded();
    }
    return false;
  }

  /** `fetch` for the SDK: requests that carry a token carry the newest one. */
  async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) return fetch(input, init);
    if (needsRefresh(this.session, Date.now()))
      await this.refresh(this.session.accessToken).catch(() => false);
    const used = this.session.accessToken;
    const response = await this.send(input, init, headers, used);
    if (response.status !== 401 || !(await refusesToken(response))) return response;
    return (await this.refresh(used)) ? this.send(input, init, headers, this.session.accessToken) : response;
  }

  private send(
    input: RequestInfo | URL,
    init: RequestInit,
    headers: Headers,
    token: string,
  ): Promise<Response> {
    headers.set("authorization", `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  }
}
