/** The layer of calls over the app, led by the kit's double: what a person sees and what a press asks for. */

import "@testing-library/jest-dom/vitest";
import type { CallPlace } from "@consilium/kit/calls";
import { Cell } from "@consilium/kit/matrix";
import {
  callbackSample,
  callSample,
  type FakeCalls,
  fakeCalls,
  fakeMedia,
  type PretendEngine,
} from "@consilium/kit/testing";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BRAND, pretendClient, renderSignedIn, signIn, speakEnglish } from "../../../testing/signed-in.tsx";
import type { CallWish } from "../../app/calls.tsx";
import { CallLayer } from "./CallLayer.tsx";
import { addCallWords } from "./words.ts";

const ROOM = "!room:demo.example";
const call = callSample({ id: "call-1", consultation_id: "c1", conversation_id: "v1", room_id: ROOM });

let engine: PretendEngine;
let ordered: unknown[] = [];
let offer = { available: true, offered: false, reason: null };

beforeAll(() => speakEnglish(addCallWords));
beforeEach(() => {
  engine = pretendClient({ [ROOM]: { events: [] } });
  const participants = [
    { operator_id: "o1", name: "Irina Petrova", role: "lead", joined_at: "", invited_by: null },
  ];
  const queue = { id: "q1", name: "General practitioner" };
  const open = { id: "c1", phase: "active", queue, participants };
  ordered = [];
  offer = { available: true, offered: false, reason: null };
  signIn({
    "GET /_consilium/v1/conversations": {
      body: { conversations: [{ id: "v1", room_id: ROOM, circle: "general", open_consultation: open }] },
    },
    "GET /_consilium/v1/services": () => ({ body: { services: [{ id: "q1", callback: offer }] } }),
    "GET /_consilium/v1/callbacks": { body: { items: [], next_cursor: null, total: 0 } },
    "POST /_consilium/v1/callbacks": (body) => {
      ordered.push(body);
      return { status: 201, body: callbackSample({ conversation_id: "v1" }) };
    },
  });
});

async function layer(place: CallPlace | null): Promise<{ calls: FakeCalls; wish: Cell<CallWish | null> }> {
  const calls = fakeCalls(place);
  const wish = new Cell<CallWish | null>(null);
  renderSignedIn(<CallLayer calls={calls} wish={wish} />, async () => engine);
  // The engine is there a turn later.
  await act(async () => undefined);
  return { calls, wish };
}

const press = (name: string | RegExp) => userEvent.click(screen.getByRole("button", { name }));

describe("a call that rings", () => {
  const ringing: CallPlace = { at: "ringing", call, answering: false };

  it("says who calls and from where, and is answered with one tap", async () => {
    const { calls } = await layer(ringing);
    const dialog = screen.getByRole("dialog", { name: "Irina Petrova" });
    expect(dialog).toHaveTextContent(BRAND.name);
    expect(dialog).toHaveTextContent("Video call");
    expect(dialog).toHaveFocus();
    await press("Answer");
    expect(calls.pressed).toEqual(["answer video"]);
  });

  it("is answered without a picture, too", async () => {
    const { calls } = await layer(ringing);
    await press("Answer without video");
    expect(calls.pressed).toEqual(["answer audio"]);
  });

  it("is declined at once, or with a sentence", async () => {
    const { calls } = await layer(ringing);
    await press("Decline");
    await press("Decline with a reply");
    await press("Please write instead");
    expect(calls.pressed).toEqual(["decline none", "decline write_instead"]);
  });

  it("goes on ringing when the browser keeps the microphone back, and says what to press", async () => {
    const { calls } = await layer(ringing);
    calls.failure = "denied";
    await press("Answer");
    expect(screen.getByRole("alert")).toHaveTextContent("does not let us use the microphone");
    expect(screen.getByRole("button", { name: "Answer" })).toBeEnabled();
  });

  it("is found among other tabs by who calls, as long as it rings", async () => {
    document.title = BRAND.name;
    const { calls } = await layer(ringing);
    expect(document.title).toBe("Irina Petrova is calling");
    act(() => calls.place.set(null));
    expect(document.title).toBe(BRAND.name);
  });

  it("does not end by Escape", async () => {
    const { calls } = await layer(ringing);
    const cancel = new Event("cancel", { cancelable: true });
    act(() => void screen.getByRole("dialog").dispatchEvent(cancel));
    expect(cancel.defaultPrevented).toBe(true);
    expect(calls.pressed).toEqual([]);
  });
});

describe("a call of the patient", () => {
  it("names whom it rings, and is given up", async () => {
    const { calls } = await layer({ at: "calling", call, kind: "audio", media: null });
    expect(await screen.findByRole("heading", { name: "Irina Petrova" })).toBeInTheDocument();
    expect(screen.getByText("Calling…")).toBeInTheDocument();
    await press("Cancel");
    expect(calls.pressed).toEqual(["hangUp"]);
  });
});

describe("in a call", () => {
  const inCall = () => {
    const media = fakeMedia();
    return { at: "in", call: { ...call, state: "answered" }, media, since: Date.now() } as const;
  };

  it("shrinks to a tile over the conversation, and comes back", async () => {
    const { calls } = await layer(inCall());
    await press("Chat");
    expect(location.pathname).toBe("/conversation/v1");
    expect(screen.queryByRole("dialog")).toBeNull();
    const tile = screen.getByRole("region", { name: "Call: Irina Petrova" });
    await userEvent.click(within(tile).getByRole("button", { name: /Back to the call/ }));
    expect(screen.getByRole("dialog", { name: "Call: Irina Petrova" })).toBeInTheDocument();
    await press("End");
    expect(calls.pressed).toEqual(["hangUp"]);
  });

  it("says that one is not heard while the microphone is off", async () => {
    await layer(inCall());
    expect(screen.queryByText(/you are not heard/)).toBeNull();
    await press("Microphone");
    expect(screen.getByText(/you are not heard/)).toBeInTheDocument();
  });

  it("tells that somebody else calls, without answering him", async () => {
    const { calls } = await layer(inCall());
    act(() => calls.waiting.set(callSample({ id: "call-2", caller_name: "Dr Sokolov" })));
    expect(screen.getByText(/Dr Sokolov is calling you too/)).toBeInTheDocument();
  });
});

describe("a call that is over", () => {
  it("that was missed asks to be called back: by an order where the queue takes them", async () => {
    const { calls } = await layer({ at: "over", call, why: "missed" });
    expect(screen.getByRole("dialog", { name: "Missed call" })).toHaveTextContent("Irina Petrova");
    await press("Call me back");
    expect(calls.pressed).toEqual(["dismiss"]);
    await waitFor(() => expect(ordered).toEqual([expect.objectContaining({ queue_id: "q1" })]));
  });

  it("that was missed asks to be called back: by a message of the patient where it takes none", async () => {
    offer.available = false;
    await layer({ at: "over", call, why: "missed" });
    await press("Call me back");
    await waitFor(() => {
      const sent = engine.timeline(ROOM).snapshot.get().items.at(-1);
      expect(sent).toMatchObject({ mine: true, body: { text: "Please call me back." } });
    });
    expect(ordered).toEqual([]);
  });

  it("that broke off is made again", async () => {
    const { calls, wish } = await layer({ at: "over", call, why: "lost" });
    localStorage.setItem("consilium.call-checked", "video");
    await press("Call again");
    expect(calls.pressed).toEqual(["dismiss", "start c1 video"]);
    expect(wish.get()).toBeNull();
  });

  it("that came to its end is a line that keeps nobody from writing", async () => {
    await layer({ at: "over", call: { ...call, talked_seconds: 200 }, why: "completed" });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.getByRole("status")).toHaveTextContent("The call is over · It lasted 3:20");
  });

  it("tells the sentence that the other side declined with", async () => {
    const mine = { ...call, caller_side: "patient", decline_reason: "call_later" } as const;
    await layer({ at: "over", call: mine, why: "declined" });
    expect(screen.getByRole("dialog", { name: "They cannot answer now" })).toHaveTextContent(
      "Please call later",
    );
  });
});

it("a call that goes on without this page is come back to", async () => {
  const { calls } = await layer(null);
  act(() => calls.open.set([{ ...call, state: "ringing" }]));
  expect(screen.queryByRole("button", { name: "Come back" })).toBeNull();
  act(() => calls.open.set([{ ...call, state: "answered" }]));
  await press("Come back");
  expect(calls.pressed).toEqual(["join call-1 video"]);
});

describe("a wish to call", () => {
  it("is preceded by a look and a listen, the first time", async () => {
    const { calls, wish } = await layer(null);
    act(() => wish.set({ want: "call", consultationId: "c1", kind: "video" }));
    const dialog = await screen.findByRole("dialog", { name: "Let us check sound and video" });
    await within(dialog).findByLabelText("How you will be seen");
    expect(calls.deviceCheck.pressed).toEqual(['open {"microphone":true,"camera":true}']);
    await userEvent.click(within(dialog).getByRole("button", { name: "Call with video" }));
    expect(calls.pressed).toEqual(["start c1 video"]);
    expect(calls.deviceCheck.pressed).toContain("close");
    act(() => wish.set({ want: "call", consultationId: "c1", kind: "audio" }));
    await act(async () => undefined);
    expect(calls.pressed).toEqual(["start c1 video", "start c1 audio"]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("goes on without a camera, and not without a microphone", async () => {
    const { calls, wish } = await layer(null);
    act(() => wish.set({ want: "call", consultationId: "c1", kind: "video" }));
    await screen.findByLabelText("How you will be seen");
    act(() => calls.deviceCheck.camera.set({ state: "off", trouble: "absent" }));
    expect(screen.getByRole("button", { name: "Call without video" })).toBeEnabled();
    act(() => calls.deviceCheck.microphone.set({ state: "off", level: 0, trouble: "absent" }));
    expect(screen.getByRole("button", { name: "Call without video" })).toBeDisabled();
  });

  it("that the service refuses is told in words", async () => {
    localStorage.setItem("consilium.call-checked", "video");
    const { calls, wish } = await layer(null);
    calls.failure = "not-allowed";
    act(() => wish.set({ want: "call", consultationId: "c1", kind: "audio" }));
    expect(await screen.findByRole("dialog", { name: "A call is not possible now" })).toBeInTheDocument();
    await press("All right");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("where calls do not work, says why in the reader's words", async () => {
    const { calls, wish } = await layer(null);
    act(() => {
      calls.availability.set({ state: "unavailable", reason: "no_answer" });
      wish.set({ want: "reason" });
    });
    const dialog = screen.getByRole("dialog", { name: "Calls do not work at the moment" });
    expect(dialog).toHaveTextContent("The buttons come back by themselves");
    act(() => calls.availability.set({ state: "unavailable", reason: "not_connected" }));
    expect(screen.getByRole("dialog", { name: "There are no calls here" })).toBeInTheDocument();
  });
});
