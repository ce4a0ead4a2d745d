import { expect, it, vi } from "vitest";
import { backoffMs, type ConsultEvent, EventStream, EventStreamParser } from "./events.ts";
import { ApiProblem } from "./problem.ts";
import { StaffApi } from "./staff.ts";

function api(fetch: typeof globalThis.fetch, refresh?: () => Promise<boolean>): StaffApi {
  return new StaffApi({
    baseUrl: "http://c",
    accessToken: () => "t",
    language: () => "ru",
    fetch,
    refresh,
  });
}

const problem = (slug: string, status: number, members: object = {}) =>
  Response.json(
    { type: `urn:consilium:problem:${slug}`, title: "T", status, detail: "D", ...members },
    { status },
  );

it("asks with the token and in the reader's language, leaving empty filters out", async () => {
  const fetch = vi.fn(async () => Response.json({ items: [], next_cursor: null, total: 0 }));
  await api(fetch).consultations({ view: "waiting", q: "", cursor: null, limit: 50 });
  const [url, init] = fetch.mock.calls[0] as unknown as [string, RequestInit];
  expect(url).toBe("http://c/_consilium/v1/consultations?view=waiting&limit=50");
  expect(new Headers(init.headers).get("authorization")).toBe("Bearer t");
  expect(new Headers(init.headers).get("accept-language")).toBe("ru");
});

it("turns a problem document into what a screen can act on", async () => {
  const failure = await api(async () => problem("taken", 409, { taken_by: { id: "o", name: "Sokolov" } }))
    .take("c")
    .catch((cause) => cause);
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject({ slug: "taken", detail: "D", takenBy: { name: "Sokolov" } });
  const html = await api(async () => new Response("<html>", { status: 502 }))
    .me()
    .catch((cause) => cause);
  expect(html).toMatchObject({ slug: "unavailable", status: 502 });
  const offline = await api(async () => Promise.reject(new TypeError("x")))
    .me()
    .catch((cause) => cause);
  expect(offline).toMatchObject({ slug: "offline", status: 0 });
});

it("refreshes the token once after a 401", async () => {
  const fetch = vi.fn(async () =>
    fetch.mock.calls.length === 1 ? problem("unauthenticated", 401) : Response.json({ role: "patient" }),
  );
  expect(await api(fetch, async () => true).me()).toMatchObject({ role: "patient" });
  const never = api(
    async () => problem("unauthenticated", 401),
    async () => false,
  );
  await expect(never.me()).rejects.toMatchObject({ slug: "unauthenticated" });
});

it("reads event streams in whatever pieces they come", () => {
  const text =
    ': ping\n\nid: 7\nevent: queue\ndata: {"a":\ndata: 1}\n\nid: 8\r\nevent: keys\r\ndata: {}\r\n\r\n';
  for (const size of [1, 3, 1000]) {
    const parser = new EventStreamParser();
    const out = [];
    for (let at = 0; at < text.length; at += size) out.push(...parser.push(text.slice(at, at + size)));
    expect(out).toEqual([
      { id: "7", event: "queue", data: '{"a":\n1}' },
      { id: "8", event: "keys", data: "{}" },
    ]);
  }
});

it("resumes where it broke off, without a gap", async () => {
  const asked: (string | null)[] = [];
  const fetch = vi.fn(async (_url: unknown, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get("last-event-id"));
    const n = asked.length;
    return new Response(
      `id: ${n}\nevent: resync\ndata: {}\n\nid: x\nevent: unheard\ndata: {}\n\n`.replace(
        "id: x",
        `id: ${n}b`,
      ),
    );
  });
  const stream = new EventStream(api(fetch as unknown as typeof globalThis.fetch));
  const heard: ConsultEvent[] = [];
  stream.on((event) => heard.push(event));
  stream.start();
  await vi.waitFor(() => expect(stream.status.get()).toBe("waiting"));
  stream.nudge();
  await vi.waitFor(() => expect(asked).toEqual([null, "1b"]));
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  stream.stop();
  expect(stream.status.get()).toBe("closed");
});

it("is listened to anew in another language, and tells that everything is to be asked for again", async () => {
  const asked: (string | null)[] = [];
  let language = "en";
  const fetch = vi.fn(async (_url: unknown, init: RequestInit) => {
    asked.push(new Headers(init.headers).get("accept-language"));
    return new Response(new ReadableStream());
  });
  const options = { baseUrl: "http://localhost", accessToken: () => "t", language: () => language, fetch };
  const stream = new EventStream(
    new StaffApi(options as unknown as ConstructorParameters<typeof StaffApi>[0]),
  );
  const heard: string[] = [];
  stream.on(({ event }) => heard.push(event));
  stream.again();
  expect(asked).toEqual([]);
  stream.start();
  await vi.waitFor(() => expect(stream.status.get()).toBe("open"));
  language = "ru";
  stream.again();
  await vi.waitFor(() => expect(stream.status.get()).toBe("open"));
  expect([asked, heard]).toEqual([["en", "ru"], ["resync"]]);
  stream.stop();
});

it("ends when the sign-in ended, and backs off no longer than half a minute", async () => {
  const stream = new EventStream(
    api(
      async () => new Response(null, { status: 401 }),
      async () => false,
    ),
  );
  stream.start();
  await vi.waitFor(() => expect(stream.status.get()).toBe("unauthenticated"));
  stream.stop();
  expect(backoffMs(1, 1)).toBe(500);
  expect(backoffMs(30, 0)).toBe(15_000);
  expect(backoffMs(30, 1)).toBe(30_000);
});

it("a report for a spreadsheet is a file with the name that the server gives it, and else one of its own", async () => {
  const days = { from: "2026-11-01", to: "2026-11-28" };
  const answered = (disposition?: string) =>
    api(
      async () =>
        new Response("key,name\r\n", {
          headers: {
            "content-type": "text/csv",
            ...(disposition !== undefined && { "content-disposition": disposition }),
          },
        }),
    ).reports.csv(days);
  const file = await answered('attachment; filename="consultations.csv"');
  expect([file.name, await file.blob.text()]).toEqual(["consultations.csv", "key,name\r\n"]);
  expect((await answered()).name).toBe("consultations-2026-11-01-2026-11-28.csv");
  expect((await answered('attachment; filename="../x"')).name).toBe(
    "consultations-2026-11-01-2026-11-28.csv",
  );
});

it("the row that nobody led has an empty key, and is asked for by it", async () => {
  const nothing = { consultations: [], calls: [], callbacks: [], next_cursor: null, total: 0 };
  const fetch = vi.fn(async () => Response.json(nothing));
  await api(fetch).reports.behind({ from: "2026-11-01", to: "2026-11-02", key: "", cursor: null });
  const [url] = fetch.mock.calls[0] as unknown as [string];
  expect(new URL(url).search).toBe("?from=2026-11-01&to=2026-11-02&key=");
});

it("what is behind a number comes as one list, each row with what it is", async () => {
  const found = {
    consultations: [],
    calls: [{ id: "c1" }],
    callbacks: [],
    next_cursor: "next",
    total: 3,
  };
  const page = await api(vi.fn(async () => Response.json(found))).reports.behind({
    from: "2026-11-01",
    to: "2026-11-02",
    figure: "calls",
  });
  expect(page).toEqual({ items: [{ of: "call", row: { id: "c1" } }], next_cursor: "next", total: 3 });
});
