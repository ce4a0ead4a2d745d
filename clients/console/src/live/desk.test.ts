import { ApiProblem, type ConsultationRow, type ConsultEvent } from "@consilium/kit/api";
import { PretendStream } from "@consilium/kit/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lead, operator, patient, queue, row } from "../../testing/rows.ts";
import { countSections } from "./board.ts";
import { type DeskApi, LiveDesk } from "./desk.ts";

function world(rows: ConsultationRow[], broken = false) {
  const consultations = vi.fn<DeskApi["consultations"]>(async ({ view, cursor } = {}) => {
    if (broken) throw new ApiProblem("unavailable", 503, "Down.");
    const all = rows.filter((each) =>
      view === "waiting"
        ? each.phase === "queued"
        : view === "active"
          ? each.phase === "active"
          : each.phase === "on_hold",
    );
    const start = Number(cursor ?? 0);
    return {
      items: all.slice(start, start + 2),
      next_cursor: start + 2 < all.length ? String(start + 2) : null,
      total: all.length,
    };
  });
  const api: DeskApi = {
    consultations,
    queues: async () => ({ queues: [queue({ id: "therapist" })] }),
    operators: async () => ({ operators: [operator({ id: "o1" })] }),
    callbacks: { list: async () => ({ items: [], next_cursor: null, total: 0 }) },
  };
  const stream = new PretendStream();
  const desk = new LiveDesk(api, stream);
  const emit = (event: ConsultEvent) => stream.tell(event);
  const open = () => stream.status.set("open");
  return { desk, consultations, emit, open };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the live desk", () => {
  it("loads all pages once the stream is open", async () => {
    const { desk, open } = world(["a", "b", "c", "d", "e"].map((id) => row({ id })));
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.state.get().status).toBe("ready");
    expect(countSections(desk.state.get().board, "o1").waiting).toBe(5);
    desk.stop();
  });

  it("loads without the stream when that does not come", async () => {
    const { desk } = world([row({ id: "a" })]);
    desk.start();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(desk.state.get().status).toBe("ready");
    desk.stop();
  });

  it("applies what arrived while the lists were loading", async () => {
    const { desk, open, emit } = world([row({ id: "a" })]);
    desk.start();
    open();
    emit({
      event: "consultation",
      data: { consultation: row({ id: "a", phase: "active", participants: [lead("o1")] }) },
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(countSections(desk.state.get().board, "o1")).toEqual({
      waiting: 0,
      mine: 1,
      active: 1,
      "on-hold": 0,
    });
    desk.stop();
  });

  it("drops what is its operator's no more, and remembers it for an open pane until it is back", async () => {
    const { desk, open, emit } = world([row({ id: "a" }), row({ id: "b" })]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    emit({ event: "gone", data: { kind: "consultation", id: "a" } });
    emit({ event: "gone", data: { kind: "consultation", id: "never here" } });
    await vi.advanceTimersByTimeAsync(100);
    const { board } = desk.state.get();
    expect([[...board.rows.keys()], [...board.left.keys()]]).toEqual([["b"], ["a"]]);
    expect(countSections(board, "o1").waiting).toBe(1);
    emit({ event: "consultation", data: { consultation: row({ id: "a" }) } });
    await vi.advanceTimersByTimeAsync(100);
    expect(desk.state.get().board.left.size).toBe(0);
    expect(countSections(desk.state.get().board, "o1").waiting).toBe(2);
    desk.stop();
  });

  it("renders nothing for what was never here", async () => {
    const { desk, open, emit } = world([row({ id: "a" })]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    const heard = vi.fn();
    desk.state.subscribe(heard);
    emit({ event: "gone", data: { kind: "consultation", id: "never here" } });
    emit({ event: "gone", data: { kind: "callback", id: "never here" } });
    await vi.advanceTimersByTimeAsync(100);
    expect(heard).not.toHaveBeenCalled();
    desk.stop();
  });

  it("loads its lists again when an operator's queues or rights change", async () => {
    const { desk, consultations, open, emit } = world([row({ id: "a" })]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    const before = consultations.mock.calls.length;
    emit({ event: "operator", data: { operator: operator({ id: "o1" }) } });
    await vi.advanceTimersByTimeAsync(100);
    expect(consultations.mock.calls.length).toBe(before);
    emit({ event: "operator", data: { operator: operator({ id: "o1", queues: ["another"] }) } });
    await vi.advanceTimersByTimeAsync(100);
    expect(consultations.mock.calls.length).toBeGreaterThan(before);
    desk.stop();
  });

  it("renders a burst once", async () => {
    const { desk, open, emit } = world([]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    const heard = vi.fn();
    desk.state.subscribe(heard);
    for (const id of ["a", "b", "c"]) emit({ event: "consultation", data: { consultation: row({ id }) } });
    await vi.advanceTimersByTimeAsync(100);
    expect(heard).toHaveBeenCalledOnce();
    expect(desk.state.get().board.rows.size).toBe(3);
    desk.stop();
  });

  it("tells the table of patients what changed, and that something may have been missed", async () => {
    const { desk, open, emit, consultations } = world([]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    const asked = consultations.mock.calls.length;
    emit({ event: "patient", data: { patient_id: "a", patient: patient({ id: "a", name: "Anna" }) } });
    await vi.advanceTimersByTimeAsync(100);
    expect(desk.patients.state.get().changed.get("a")?.name).toBe("Anna");
    expect(consultations.mock.calls.length).toBe(asked);
    emit({ event: "resync", data: {} });
    await vi.advanceTimersByTimeAsync(100);
    expect(desk.patients.state.get()).toEqual({ epoch: 1, changed: new Map() });
    desk.stop();
  });

  it("loads everything again when the server says so", async () => {
    const { desk, open, emit, consultations } = world([row({ id: "a" })]);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    consultations.mockClear();
    const readsCalls = vi.fn();
    desk.onCall(readsCalls);
    emit({ event: "resync", data: {} });
    await vi.advanceTimersByTimeAsync(0);
    expect(consultations).toHaveBeenCalled();
    expect(readsCalls).toHaveBeenCalledOnce();
    desk.stop();
  });

  it("tries again by itself what time may mend", async () => {
    const { desk, open, consultations } = world([], true);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    consultations.mockClear();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(consultations).toHaveBeenCalled();
    desk.stop();
    consultations.mockClear();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(consultations).not.toHaveBeenCalled();
  });

  it("says why when the lists cannot be had", async () => {
    const { desk, open } = world([], true);
    desk.start();
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.state.get()).toMatchObject({ status: "failed", problem: { slug: "unavailable" } });
    desk.stop();
  });
});
