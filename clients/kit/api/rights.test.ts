import { describe, expect, it, vi } from "vitest";
import { ConsultApi } from "./client.ts";

function api(fetch: typeof globalThis.fetch, refresh = async () => false): ConsultApi {
  return new ConsultApi({
    baseUrl: "http://c",
    accessToken: () => "t",
    language: () => "ru",
    fetch,
    refresh,
  });
}

const refusal = (slug: string, status: number) =>
  Response.json({ type: `urn:consilium:problem:${slug}`, title: "T", status, detail: "D" }, { status });

const archive = () =>
  new Response("PK", { headers: { "content-disposition": 'attachment; filename="my-data.zip"' } });

type Call = [string, RequestInit];

describe("the copy of everything", () => {
  it("is a file with its name, asked with the session's token", async () => {
    const fetch = vi.fn(async () => archive());
    const { blob, name } = await api(fetch).rights.copy();
    expect([await blob.text(), name]).toEqual(["PK", "my-data.zip"]);
    const [url, init] = fetch.mock.calls[0] as unknown as Call;
    expect(url).toBe("http://c/_consilium/v1/me/export");
    expect(new Headers(init.headers).get("authorization")).toBe("Bearer t");
  });

  it("is asked with the token of a fresh sign-in where there is one, and that is never refreshed", async () => {
    const fetch = vi.fn(async () => refusal("unauthenticated", 401));
    const refresh = vi.fn(async () => true);
    await expect(api(fetch, refresh).rights.copy("fresh")).rejects.toMatchObject({ slug: "unauthenticated" });
    const [, init] = fetch.mock.calls[0] as unknown as Call;
    expect(new Headers(init.headers).get("authorization")).toBe("Bearer fresh");
    expect([fetch.mock.calls.length, refresh.mock.calls.length]).toEqual([1, 0]);
  });

  it("says why it was refused, and a copy that broke off is none", async () => {
    const stale = api(async () => refusal("sign-in-stale", 403)).rights.copy();
    await expect(stale).rejects.toMatchObject({ slug: "sign-in-stale" });
    const broken = new ReadableStream({ start: (stream) => stream.error(new Error("cut")) });
    await expect(api(async () => new Response(broken)).rights.copy()).rejects.toMatchObject({
      slug: "offline",
    });
  });
});

it("an account is ended by a word in the body", async () => {
  const fetch = vi.fn(async () => Response.json({ deleted_at: "2026-11-29T10:00:00Z" }));
  expect(await api(fetch).rights.end("fresh")).toMatchObject({ deleted_at: "2026-11-29T10:00:00Z" });
  const [url, init] = fetch.mock.calls[0] as unknown as Call;
  expect([url, init.method, init.body]).toEqual([
    "http://c/_consilium/v1/me/deletion",
    "POST",
    '{"confirm":"delete"}',
  ]);
});
