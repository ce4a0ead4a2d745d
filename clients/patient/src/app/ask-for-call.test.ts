import { ApiProblem, type ConsultApi } from "@consilium/kit/api";
import { callbackSample } from "@consilium/kit/testing";
import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { askForCall } from "./ask-for-call.ts";

function world(available: boolean, order: () => Promise<unknown> = async () => callbackSample()) {
  const sendText = vi.fn(async () => undefined);
  const asked = vi.fn(order);
  const callback = { available, offered: false, reason: null };
  const api = {
    services: async () => ({ services: [{ id: "q1", callback }] }),
    callbacks: { order: asked },
  } as unknown as ConsultApi;
  const engine = { timeline: () => ({ sendText }) } as never;
  const client = new QueryClient();
  const ask = (queueId: string | null) =>
    askForCall({ engine, roomId: "!r", queueId, text: "Please call" }, { api, client });
  return { ask, sendText, asked };
}

it("orders a call-back where the queue takes them", async () => {
  const { ask, sendText, asked } = world(true);
  await ask("q1");
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({ queue_id: "q1" }));
  expect(sendText).not.toHaveBeenCalled();
});

it("writes where the queue takes none, and where none is known", async () => {
  const { ask, sendText, asked } = world(false);
  await ask("q1");
  await ask(null);
  expect(asked).not.toHaveBeenCalled();
  expect(sendText).toHaveBeenCalledTimes(2);
});

it("writes where the order fails, and leaves it where one is open already", async () => {
  const broken = world(true, () => Promise.reject(new ApiProblem("offline", 0, "")));
  await broken.ask("q1");
  expect(broken.sendText).toHaveBeenCalledOnce();
  const open = world(true, () => Promise.reject(new ApiProblem("conflict", 409, "", { callback_id: "b1" })));
  await open.ask("q1");
  expect(open.sendText).not.toHaveBeenCalled();
});
