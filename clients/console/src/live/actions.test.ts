import { ApiProblem, type ConsultationDetail } from "@consilium/kit/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { detail } from "../../testing/rows.ts";
import { type ActionsApi, ConsultationActions, UNDO_MS } from "./actions.ts";

function desk(api: Partial<ActionsApi> = {}) {
  const answer = () => Promise.resolve(detail({ id: "c1" }));
  const calls = {
    api: {
      take: vi.fn(answer),
      hold: vi.fn(answer),
      pass: vi.fn(answer),
      resume: vi.fn(answer),
      transfer: vi.fn(answer),
      takeOver: vi.fn(answer),
      invite: vi.fn(answer),
      dismiss: vi.fn(answer),
      close: vi.fn(answer),
      ...api,
    },
    apply: vi.fn(),
    onTaken: vi.fn<(taken: ConsultationDetail) => void>(),
    onFailed: vi.fn(),
    closeWhileLeaving: vi.fn(),
  };
  return { ...calls, actions: new ConsultationActions({ ...calls, now: () => Date.now() }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("takes over from the lead whom one saw, and opens it", async () => {
  const { actions, api, onTaken } = desk();
  expect(await actions.takeOver("c1", "o2", " She is ill ")).toBe(true);
  expect(api.takeOver).toHaveBeenCalledExactlyOnceWith("c1", "o2", "She is ill");
  expect(onTaken).toHaveBeenCalledOnce();
  await actions.takeOver("c1", "o2", "  ");
  expect(api.takeOver).toHaveBeenLastCalledWith("c1", "o2", undefined);
});

it("leaves to others what is offered", async () => {
  const { actions, api } = desk();
  await actions.pass("c1");
  expect(api.pass).toHaveBeenCalledExactlyOnceWith("c1");
  expect(actions.states.get().get("c1")).toBeUndefined();
});

describe("taking", () => {
  it("shows the answer at once and opens the talk", async () => {
    const { actions, apply, onTaken } = desk();
    await actions.take("c1");
    expect(apply).toHaveBeenCalledWith({
      kind: "consultation",
      consultation: expect.objectContaining({ id: "c1" }),
    });
    expect(onTaken).toHaveBeenCalledOnce();
    expect(actions.states.get().size).toBe(0);
  });

  it("is refused in place when somebody was faster", async () => {
    const problem = new ApiProblem("taken", 409, "Already taken.", {
      taken_by: { id: "o2", name: "Sokolov" },
    });
    const { actions, onTaken, onFailed } = desk({ take: () => Promise.reject(problem) });
    await actions.take("c1");
    expect(actions.states.get().get("c1")).toEqual({ status: "refused", verb: "take", problem });
    expect(onTaken).not.toHaveBeenCalled();
    expect(onFailed).toHaveBeenCalledOnce();
    actions.dismiss("c1");
    expect(actions.states.get().size).toBe(0);
  });

  it("is sent once for two presses", async () => {
    const { actions, api } = desk();
    await Promise.all([actions.take("c1"), actions.take("c1")]);
    expect(api.take).toHaveBeenCalledOnce();
  });
});

describe("a council", () => {
  it("is told by the row that comes back, and a refusal stays to be read", async () => {
    const { actions, api, apply } = desk({
      dismiss: vi.fn(() => Promise.reject(new ApiProblem("forbidden", 403, "no"))),
    });
    expect(await actions.invite("c1", "o2", "consultant")).toBe(true);
    expect(api.invite).toHaveBeenCalledWith("c1", "o2", "consultant");
    expect(apply).toHaveBeenCalledOnce();
    await actions.sendOut("c1", "o2");
    expect(api.dismiss).toHaveBeenCalledWith("c1", "o2");
    expect(actions.states.get().get("c1")).toMatchObject({ status: "refused", verb: "dismiss" });
  });
});

describe("closing", () => {
  it("is sent after five seconds", async () => {
    const { actions, api } = desk();
    actions.close("c1");
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(api.close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(api.close).toHaveBeenCalledWith("c1", undefined);
    expect(actions.states.get().size).toBe(0);
  });

  it("can be taken back until then", async () => {
    const { actions, api } = desk();
    actions.close("c1");
    actions.undo();
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(api.close).not.toHaveBeenCalled();
    expect(actions.states.get().size).toBe(0);
  });

  it("waits for its note", async () => {
    const { actions, api } = desk();
    actions.close("c1");
    actions.writeNote("c1");
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(api.close).not.toHaveBeenCalled();
    await actions.closeNow("c1", " Advised rest. ");
    expect(api.close).toHaveBeenCalledWith("c1", "Advised rest.");
  });

  it("takes a note by one key: the latest that is about to be sent waits, the others do not", async () => {
    const { actions, api } = desk();
    actions.close("c1");
    actions.close("c2");
    actions.writeNote();
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(api.close).toHaveBeenCalledExactlyOnceWith("c1", undefined);
    // Nothing runs any more that a note could stop.
    actions.writeNote();
    expect([...actions.states.get().keys()]).toEqual(["c2"]);
  });

  it("goes out when the page goes away", async () => {
    const { actions, api, closeWhileLeaving } = desk();
    actions.close("c1");
    actions.leave();
    expect(closeWhileLeaving).toHaveBeenCalledWith("c1", "");
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(api.close).not.toHaveBeenCalled();
  });

  it("takes back only the latest of two", async () => {
    const { actions, api } = desk();
    actions.close("c1");
    actions.close("c2");
    actions.undo();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(api.close).toHaveBeenCalledOnce();
    expect(api.close).toHaveBeenCalledWith("c1", undefined);
  });
});
