import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pretendStorage } from "../testing/storage.ts";
import { lastEnding, refreshSession, sessionStore } from "./session.ts";
import { endSignIns, listSignIns } from "./sign-ins.ts";

interface Sent {
  url: string;
  body: unknown;
  token: string | null;
}

let sent: Sent[];

beforeEach(() => {
  sent = [];
  vi.stubGlobal("localStorage", pretendStorage());
  sessionStore.save({
    userId: "@anna:x",
    deviceId: "HERE",
    accessToken: "old",
    refreshToken: "r1",
    expiresAt: null,
    homeserverUrl: "http://hs",
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The server's answers, in the order of what is asked. */
function answers(...all: [number, object][]): void {
  vi.stubGlobal(
    "fetch",
    vi.fn(async (url: string, init: RequestInit) => {
      const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
      sent.push({ url, body, token: new Headers(init.headers).get("authorization") });
      const next = all.shift();
      if (next === undefined) throw new TypeError("no network");
      return Response.json(next[1], { status: next[0] });
    }),
  );
}

const NEEDED = [401, { session: "s1", flows: [{ stages: ["m.login.password"] }] }] as [number, object];

it("lists this place first, then the latest seen, and keeps empty names to itself", async () => {
  answers([
    200,
    {
      devices: [
        { device_id: "OLD", display_name: "Chrome, Android", last_seen_ts: 10 },
        { device_id: "NEW", display_name: " ", last_seen_ts: 90 },
        { device_id: "HERE", display_name: "Firefox, Linux", last_seen_ts: 50 },
        { device_id: "SILENT" },
      ],
    },
  ]);
  const places = await listSignIns();
  expect(places.map(({ id }) => id)).toEqual(["HERE", "NEW", "OLD", "SILENT"]);
  expect(places[0]).toEqual({ id: "HERE", name: "Firefox, Linux", lastSeenAt: 50, isHere: true });
  expect(places[1]).toMatchObject({ name: null, isHere: false });
  expect(places[3]).toMatchObject({ name: null, lastSeenAt: null });
});

it("asks again with a fresh token where the old one is refused", async () => {
  answers(
    [401, { errcode: "M_UNKNOWN_TOKEN" }],
    [200, { access_token: "new", refresh_token: "r2" }],
    [200, { devices: [] }],
  );
  expect(await listSignIns()).toEqual([]);
  expect(sent.map(({ token }) => token)).toEqual(["Bearer old", null, "Bearer new"]);
});

it("proves with the password that belongs to what was asked", async () => {
  answers(NEEDED, [200, {}]);
  expect(await endSignIns(["OLD", "NEW"], "secret")).toBe("done");
  expect(sent[0]?.body).toEqual({ devices: ["OLD", "NEW"] });
  expect(sent[1]?.body).toEqual({
    devices: ["OLD", "NEW"],
    auth: {
      type: "m.login.password",
      identifier: { type: "m.id.user", user: "@anna:x" },
      password: "secret",
      session: "s1",
    },
  });
});

it.each([
  [401, "wrong-password"],
  [403, "wrong-password"],
  [429, "too-many-tries"],
  [503, "offline"],
  [500, "failed"],
] as const)("says what %i means after the proof", async (status, outcome) => {
  answers(NEEDED, [status, { errcode: "M_FORBIDDEN" }]);
  expect(await endSignIns(["OLD"], "secret")).toBe(outcome);
});

it("says that there is no network", async () => {
  answers();
  expect(await endSignIns(["OLD"], "secret")).toBe("offline");
});

it("remembers at whose word a sign-in ended, until somebody signs in again", async () => {
  expect(lastEnding()).toBeNull();
  answers([401, { errcode: "M_UNKNOWN_TOKEN", "chat.consilium.signed_out_by": "service_asked" }]);
  expect((await refreshSession("old")).outcome).toBe("ended");
  expect(lastEnding()).toBe("service_asked");
  const session = sessionStore.load();
  if (session === null) throw new Error("it is kept until the app clears it");
  sessionStore.save(session);
  expect(lastEnding()).toBeNull();
  answers([401, { errcode: "M_UNKNOWN_TOKEN", "chat.consilium.signed_out_by": "somebody" }]);
  expect((await refreshSession("old")).outcome).toBe("ended");
  expect(lastEnding()).toBeNull();
});
