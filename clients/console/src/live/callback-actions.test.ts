import { ApiProblem, type CallbackDetail } from "@consilium/kit/api";
import { callbackRowSample } from "@consilium/kit/testing";
import { expect, it, vi } from "vitest";
import { detail } from "../../testing/rows.ts";
import { CallbackActions, type CallbackActionsOptions } from "./callback-actions.ts";

function desk(api: Partial<CallbackActionsOptions["api"]> = {}) {
  const answer = async () =>
    ({ ...callbackRowSample({ id: "b1", phase: "taken" }), history: [], consent: null }) as CallbackDetail;
  const made = {
    take: vi.fn(answer),
    release: vi.fn(answer),
    telephone: vi.fn(answer),
    noAnswer: vi.fn(answer),
    againLater: vi.fn(answer),
    done: vi.fn(answer),
    cancel: vi.fn(answer),
    note: vi.fn(answer),
    openConsultation: vi.fn(async () => detail({ id: "c1", phase: "active" })),
    ...api,
  };
  const apply = vi.fn();
  const [onOpened, onFailed] = [vi.fn(), vi.fn()];
  const actions = new CallbackActions({ api: made, apply, onOpened, onFailed });
  return { api: made, apply, onOpened, onFailed, actions };
}

it("shows the answer at once", async () => {
  const { actions, apply } = desk();
  expect(await actions.take("b1")).toBe(true);
  expect(apply).toHaveBeenCalledWith({
    kind: "callback",
    callback: expect.objectContaining({ id: "b1", phase: "taken" }),
  });
  expect(actions.states.get().size).toBe(0);
});

it("is refused in place when somebody was faster, until that was read", async () => {
  const problem = new ApiProblem("taken", 409, "Already taken.", { taken_by: { id: "o2", name: "Sokolov" } });
  const { actions, apply, onFailed } = desk({ take: () => Promise.reject(problem) });
  expect(await actions.take("b1")).toBe(false);
  expect(actions.states.get().get("b1")).toEqual({ status: "refused", verb: "take", problem });
  expect(apply).not.toHaveBeenCalled();
  expect(onFailed).toHaveBeenCalledOnce();
  actions.dismiss("b1");
  expect(actions.states.get().size).toBe(0);
});

it("is sent once for two presses", async () => {
  const { actions, api } = desk();
  await Promise.all([actions.take("b1"), actions.take("b1")]);
  expect(api.take).toHaveBeenCalledOnce();
});

it("sends a note only where one was written", async () => {
  const { actions, api } = desk();
  await actions.done("b1", "answered", "  ");
  expect(api.done).toHaveBeenCalledWith("b1", "answered", undefined);
  await actions.noAnswer("b1", null, " Engaged. ");
  expect(api.noAnswer).toHaveBeenCalledWith("b1", { note: "Engaged." });
});

it("shows the consultation that was begun, and opens it", async () => {
  const { actions, apply, onOpened } = desk();
  expect(await actions.openConsultation("b1")).toBe(true);
  const consultation = expect.objectContaining({ id: "c1" });
  expect(apply).toHaveBeenCalledWith({ kind: "consultation", consultation });
  expect(onOpened).toHaveBeenCalledWith(consultation);
});

it("opens nothing where a consultation could not be begun", async () => {
  const problem = new ApiProblem("conflict", 409, "One is open.", { consultation_id: "c2" });
  const { actions, onOpened } = desk({ openConsultation: () => Promise.reject(problem) });
  expect(await actions.openConsultation("b1")).toBe(false);
  expect(onOpened).not.toHaveBeenCalled();
  expect(actions.states.get().get("b1")).toEqual({ status: "refused", verb: "consultation", problem });
});
