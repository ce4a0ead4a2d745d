import type { Showing, Viewer, Viewers } from "@consilium/kit/api";
import { PretendStream } from "@consilium/kit/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Presence, viewedAt } from "./presence.ts";

const CARD = { kind: "patient", id: "p1" } as const;

function viewer(id: string, act: Viewer["act"] = "looking"): Viewer {
  return { operator: { id, name: id }, act };
}

function world(answer: (showing: Showing) => Viewers | Promise<Viewers> = plain()) {
  const said: Showing[] = [];
  const stream = new PretendStream();
  const say = vi.fn(async (showing: Showing) => {
    said.push(showing);
    return await answer(showing);
  });
  const presence = new Presence({ say }, stream, "me", "w1");
  const tell = (data: Viewers) => stream.tell({ event: "viewing", data });
  const names = () => presence.others.get().map(({ operator, act }) => `${operator.name} ${act}`);
  return { presence, said, tell, names };
}

/** Nobody else looks. */
function plain() {
  return ({ record }: Showing): Viewers => ({ record, viewers: record === null ? [] : [viewer("me")] });
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("presence", () => {
  it("says what is shown, says it again in time, and says when nothing is shown any more", async () => {
    const { presence, said } = world();
    presence.show(CARD);
    await settle();
    await vi.advanceTimersByTimeAsync(25_000);
    presence.show(null);
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said.map(({ record }) => record?.id ?? null)).toEqual(["p1", "p1", "p1", null]);
    expect(new Set(said.map(({ console }) => console))).toEqual(new Set(["w1"]));
  });

  it("shows the others, by the answer and by what is told, and those who write first", async () => {
    const { presence, tell, names } = world(({ record }) => ({
      record,
      viewers: [viewer("me"), viewer("a")],
    }));
    presence.show(CARD);
    await settle();
    expect(names()).toEqual(["a looking"]);
    tell({ record: CARD, viewers: [viewer("a"), viewer("b", "writing"), viewer("me")] });
    expect(names()).toEqual(["b writing", "a looking"]);
    tell({ record: { kind: "patient", id: "p2" }, viewers: [viewer("c")] });
    expect(names()).toEqual(["b writing", "a looking"]);
    presence.show(null);
    expect(names()).toEqual([]);
  });

  it("knows a record by the id that the server gives it", async () => {
    const card = { kind: "patient", id: "leading" } as const;
    const { presence, tell, names } = world(() => ({ record: card, viewers: [viewer("me")] }));
    presence.show(CARD);
    await settle();
    tell({ record: card, viewers: [viewer("a"), viewer("me")] });
    expect(names()).toEqual(["a looking"]);
  });

  it("lets the latest word win while one is on its way", async () => {
    let arrive: () => void = () => undefined;
    const first = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const { presence, said, names } = world(async ({ record }) => {
      if (record?.id === "p1") await first;
      return { record, viewers: [viewer("a")] };
    });
    presence.show(CARD);
    presence.show({ kind: "patient", id: "p2" });
    presence.show({ kind: "patient", id: "p3" });
    await settle();
    expect(said).toHaveLength(1);
    arrive();
    await settle();
    expect(said.map(({ record }) => record?.id)).toEqual(["p1", "p3"]);
    expect(names()).toEqual(["a looking"]);
  });

  it("is silent about what may not be seen, until something else is shown", async () => {
    const { presence, said } = world(({ record }) => {
      return { record: record?.id === "p1" ? null : record, viewers: [] };
    });
    presence.show(CARD);
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(said).toHaveLength(1);
    presence.show({ kind: "callback", id: "c1" });
    await settle();
    expect(said.at(-1)?.record).toEqual({ kind: "callback", id: "c1" });
  });

  it("shows nothing while nobody can see the window", async () => {
    const { presence, said } = world();
    presence.show(CARD);
    await settle();
    presence.setVisible(false);
    await settle();
    await vi.advanceTimersByTimeAsync(60_000);
    presence.setVisible(true);
    await settle();
    expect(said.map(({ record }) => record?.id ?? null)).toEqual(["p1", null, "p1"]);
  });

  it("says that something is written, for a while after a key and as long as something is unsaved", async () => {
    const { presence, said } = world();
    presence.show(CARD);
    await settle();
    presence.wrote();
    presence.wrote();
    await settle();
    await vi.advanceTimersByTimeAsync(8_000);
    presence.setUnsaved(true);
    await settle();
    presence.setUnsaved(false);
    await settle();
    expect(said.map(({ act }) => act)).toEqual(["looking", "writing", "looking", "writing", "looking"]);
  });
});

describe("the record at a place", () => {
  const at = (section: Parameters<typeof viewedAt>[0]["section"], id: string | null) =>
    viewedAt({ section, id, search: {} });

  it("is what others can have open too", () => {
    expect(at("mine", "c1")).toEqual({ kind: "consultation", id: "c1" });
    expect(at("archive", "c1")).toEqual({ kind: "archive", id: "c1" });
    expect(at("archive", "callback-b1")).toEqual({ kind: "callback", id: "b1" });
    expect(at("callbacks", "b1")).toEqual({ kind: "callback", id: "b1" });
    expect(at("patients", "p1")).toEqual({ kind: "patient", id: "p1" });
    expect(at("settings", "queue_general")).toEqual({ kind: "settings", id: "queue.general" });
    expect([at("waiting", null), at("audit", "7"), at("reports", "x")]).toEqual([null, null, null]);
  });
});
