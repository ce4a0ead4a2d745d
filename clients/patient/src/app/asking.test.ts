import { ApiProblem } from "@consilium/kit/api";
import { pretendStorage } from "@consilium/kit/testing";
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, it, vi } from "vitest";
import { askedQuestion, askQuestion, keepTyped, refusalOf, typedQuestion } from "./asking.ts";

const USER = "@anna:x";
const QUESTION = {
  serviceId: "s",
  person: null,
  requestId: "r",
  text: " My head hurts ",
  answers: null,
  consents: [],
};
const CONSULTATION = { id: "c1", room_id: "!r", conversation_id: "v1", phase: "queued" };

beforeEach(() => vi.stubGlobal("localStorage", pretendStorage()));

function asker(start: () => Promise<unknown>) {
  const sendText = vi.fn(async (_draft: unknown, _requestId?: string) => undefined);
  const engine = { timeline: () => ({ sendText, close: () => undefined }) };
  const by = { userId: USER, api: { start }, engine, client: new QueryClient() } as never;
  return { by, sendText };
}

it("is kept until a network is there, then sent under its own request and kept no longer", async () => {
  const offline = asker(() => Promise.reject(new ApiProblem("offline", 0, "")));
  expect(await askQuestion(offline.by, QUESTION)).toEqual({ kind: "failed", key: "start.offline" });
  expect(askedQuestion(USER)).toEqual(QUESTION);
  const online = asker(async () => CONSULTATION);
  expect((await askQuestion(online.by, QUESTION)).kind).toBe("asked");
  expect(online.sendText.mock.calls).toEqual([[{ text: "My head hurts", replyTo: null }, "r"]]);
  expect(askedQuestion(USER)).toBeNull();
});

it("is kept until the keys of a new account are set up", async () => {
  const early = asker(() => Promise.reject(new ApiProblem("keys-missing", 409, "")));
  expect(await askQuestion(early.by, QUESTION)).toEqual({ kind: "failed", key: "start.preparing" });
  expect(askedQuestion(USER)).toEqual(QUESTION);
  const ready = asker(async () => CONSULTATION);
  expect((await askQuestion(ready.by, QUESTION)).kind).toBe("asked");
  expect(askedQuestion(USER)).toBeNull();
});

it("begins once where two screens ask the same question at the same moment", async () => {
  const start = vi.fn(async () => CONSULTATION);
  const { by, sendText } = asker(start);
  await Promise.all([askQuestion(by, QUESTION), askQuestion(by, QUESTION)]);
  expect([start.mock.calls.length, sendText.mock.calls.length]).toEqual([1, 1]);
});

it("keeps one question for each service, and sends each", async () => {
  const offline = asker(() => Promise.reject(new ApiProblem("offline", 0, "")));
  const other = {
    serviceId: "s2",
    person: "masha",
    requestId: "r2",
    text: "And my son?",
    answers: [{ link_id: "age", value: ["small"] }],
    consents: [{ purpose: "treatment", hash: "1" }],
  };
  for (const question of [QUESTION, other, { ...QUESTION, text: "Changed" }])
    await askQuestion(offline.by, question);
  expect(askedQuestion(USER, "s")?.text).toBe("Changed");
  expect(askedQuestion(USER, "s2")).toEqual(other);
  const { by } = asker(async () => CONSULTATION);
  await askQuestion(by, other);
  expect(askedQuestion(USER)?.requestId).toBe("r");
});

it("sends the answers with the question, and says so where the service asks something else by now", async () => {
  const answers = [{ link_id: "fever", value: true }];
  const start = vi.fn(async (..._asked: unknown[]) => CONSULTATION);
  await askQuestion(asker(start as never).by, { ...QUESTION, answers });
  expect(start).toHaveBeenCalledWith("s", "r", answers, [], null);
  const other = asker(() => Promise.reject(new ApiProblem("invalid", 422, "")));
  expect(await askQuestion(other.by, { ...QUESTION, answers })).toEqual({
    kind: "failed",
    key: "start.answers",
  });
  expect(askedQuestion(USER)).toBeNull();
});

it("keeps what was agreed to with a question that waits, and gives the words back where that counts no more", async () => {
  const consents = [{ purpose: "treatment", hash: "1" }];
  const offline = asker(() => Promise.reject(new ApiProblem("offline", 0, "")));
  await askQuestion(offline.by, { ...QUESTION, consents });
  const kept = askedQuestion(USER);
  expect(kept?.consents).toEqual(consents);
  const start = vi.fn(async (..._asked: unknown[]) => CONSULTATION);
  await askQuestion(asker(start as never).by, kept ?? QUESTION);
  expect(start).toHaveBeenCalledWith("s", "r", null, consents, null);
  for (const slug of ["consents-missing", "consent-changed"] as const) {
    const { by } = asker(() => Promise.reject(new ApiProblem(slug, 409, "")));
    expect(await askQuestion(by, { ...QUESTION, consents })).toEqual({
      kind: "failed",
      key: "consents.again",
    });
    expect([askedQuestion(USER), typedQuestion(USER, "s")]).toEqual([null, QUESTION.text]);
  }
});

it("gives the words back where they were refused", async () => {
  const { by } = asker(() => Promise.reject(new ApiProblem("not-found", 404, "")));
  expect(await askQuestion(by, QUESTION)).toEqual({ kind: "failed", key: "start.gone" });
  expect([askedQuestion(USER), typedQuestion(USER, "s")]).toEqual([null, QUESTION.text]);
});

it("asks all the same where the device has no room to keep the question", async () => {
  vi.stubGlobal("localStorage", pretendStorage({}, 0));
  const { by, sendText } = asker(async () => CONSULTATION);
  keepTyped(USER, "s", "words");
  expect((await askQuestion(by, QUESTION)).kind).toBe("asked");
  expect(sendText).toHaveBeenCalledOnce();
});

it("leads to the consultation that is open already", () => {
  const conflict = new ApiProblem("conflict", 409, "", { consultation_id: "c1" });
  expect(refusalOf(conflict)).toEqual({ kind: "open-already", consultationId: "c1" });
});

it("tells a lost network from a service that is gone", () => {
  expect(refusalOf(new ApiProblem("offline", 0, ""))).toEqual({ kind: "failed", key: "start.offline" });
  expect(refusalOf(new ApiProblem("not-found", 404, ""))).toEqual({ kind: "failed", key: "start.gone" });
  expect(refusalOf(new Error("anything"))).toEqual({ kind: "failed", key: "start.failed" });
});

it("asks for whom it was chosen, and says so where that one is nobody's choice any more", async () => {
  const start = vi.fn(async (..._asked: unknown[]) => CONSULTATION);
  await askQuestion(asker(start as never).by, { ...QUESTION, person: "masha" });
  expect(start).toHaveBeenCalledWith("s", "r", null, [], "masha");
  const errors = [{ field: "person_id", message: "" }];
  const gone = asker(() => Promise.reject(new ApiProblem("invalid", 422, "", { errors })));
  expect(await askQuestion(gone.by, { ...QUESTION, person: "masha" })).toEqual({
    kind: "failed",
    key: "start.person",
  });
});

it("is never said where what is open is about somebody else", async () => {
  const conflict = () => Promise.reject(new ApiProblem("conflict", 409, "", { consultation_id: "c1" }));
  for (const [person, kind] of [
    [null, "failed"],
    ["masha", "asked"],
  ] as const) {
    const { by, sendText } = asker(conflict);
    const open = { ...CONSULTATION, person: { id: "masha", name: "Masha" } };
    const conversations = [{ id: "v1", room_id: "!r", open_consultation: open }];
    Object.assign((by as { api: object }).api, { conversations: async () => ({ conversations }) });
    const answer = await askQuestion(by, { ...QUESTION, person });
    expect([answer.kind, sendText.mock.calls.length]).toEqual([kind, kind === "asked" ? 1 : 0]);
    if (answer.kind === "failed") expect(answer.key).toBe("start.openOther");
  }
});
