import { afterEach, expect, it, vi } from "vitest";
import { needsRefresh, refreshSession, type SessionStore } from "./session.ts";
import { failureOf, localpartOf } from "./sign-in.ts";
import { Tokens } from "./tokens.ts";
import type { Session } from "./types.ts";

const session: Session = {
  userId: "@anna:x",
  deviceId: "D",
  accessToken: "old",
  refreshToken: "r1",
  expiresAt: null,
  homeserverUrl: "http://hs",
};

function store(initial: Session | null): SessionStore & { kept: Session | null } {
  return {
    kept: initial,
    load() {
      return this.kept;
    },
    save(value) {
      this.kept = value;
    },
    clear() {
      this.kept = null;
    },
    onChange: () => () => undefined,
  };
}

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: object) =>
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => Response.json(body, { status })),
  );

it("refreshes once and keeps the new pair", async () => {
  answer(200, { access_token: "new", refresh_token: "r2", expires_in_ms: 60_000 });
  const kept = store(session);
  expect(await refreshSession("old", kept)).toMatchObject({
    outcome: "refreshed",
    session: { accessToken: "new", refreshToken: "r2" },
  });
  expect(kept.kept?.accessToken).toBe("new");
  expect(fetch).toHaveBeenCalledWith(
    "http://hs/_matrix/client/v3/refresh",
    expect.objectContaining({ body: '{"refresh_token":"r1"}' }),
  );
});

it("uses what another tab has refreshed instead of spending the token again", async () => {
  answer(200, {});
  const kept = store({ ...session, accessToken: "newer" });
  expect(await refreshSession("old", kept)).toMatchObject({
    outcome: "refreshed",
    session: { accessToken: "newer" },
  });
  expect(fetch).not.toHaveBeenCalled();
});

it("tells a sign-in that ended from a server that is away", async () => {
  answer(401, { errcode: "M_UNKNOWN_TOKEN" });
  expect((await refreshSession("old", store(session))).outcome).toBe("ended");
  answer(502, {});
  expect((await refreshSession("old", store(session))).outcome).toBe("offline");
  expect((await refreshSession("old", store({ ...session, refreshToken: null }))).outcome).toBe("ended");
});

it("refreshes ten seconds ahead", () => {
  expect(needsRefresh({ ...session, expiresAt: 55_000 }, 50_000)).toBe(true);
  expect(needsRefresh({ ...session, expiresAt: 200_000 }, 50_000)).toBe(false);
  expect(needsRefresh(session, 50_000)).toBe(false);
});

it("repeats a refused request with the fresh token, but leaves interactive authentication alone", async () => {
  const seen: string[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn(async (url: string, init: RequestInit) => {
      if (String(url).endsWith("/refresh")) return Response.json({ access_token: "new" });
      const token = new Headers(init.headers).get("authorization") ?? "";
      seen.push(token);
      if (String(url).endsWith("/uia")) return Response.json({ flows: [] }, { status: 401 });
      return token === "Bearer new"
        ? Response.json({})
        : Response.json({ errcode: "M_UNKNOWN_TOKEN" }, { status: 401 });
    }),
  );
  const tokens = new Tokens(
    session,
    { onSession: () => undefined, onEnded: () => undefined },
    store(session),
  );
  const headers = { authorization: "Bearer old" };
  expect((await tokens.fetch("http://hs/a", { headers })).status).toBe(200);
  expect((await tokens.fetch("http://hs/uia", { headers })).status).toBe(401);
  expect(seen).toEqual(["Bearer old", "Bearer new", "Bearer new"]);
});

it("understands how people type a login, and what a refusal means", () => {
  expect(localpartOf(" @Anna:clinic.example ")).toBe("anna");
  expect(localpartOf("Anna.K")).toBe("anna.k");
  expect(failureOf(403, { errcode: "M_FORBIDDEN", error: "Invalid password" })).toEqual({
    reason: "wrong-password",
  });
  expect(failureOf(403, { errcode: "M_FORBIDDEN", error: "Registration is disabled" })).toEqual({
    reason: "closed",
  });
  expect(failureOf(429, { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 5 })).toEqual({
    reason: "too-many-tries",
    retryAfterMs: 5,
  });
  expect(failureOf(503, {})).toEqual({ reason: "offline" });
});
