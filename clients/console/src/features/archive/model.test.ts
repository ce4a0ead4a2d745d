import { ApiProblem, type ArchivedCall, type TranscriptEntry } from "@consilium/kit/api";
import { callbackRowSample } from "@consilium/kit/testing";
import { describe, expect, it } from "vitest";
import { ago, row } from "../../../testing/rows.ts";
import {
  archiveQuery,
  canBeSearched,
  isErased,
  isNarrowed,
  placeOf,
  readTranscript,
  refusalOf,
  type Said,
  sealedPerson,
  shortHash,
} from "./model.ts";

function said(id: string, secondsAgo: number, from = "anna", replyTo: string | null = null): TranscriptEntry {
  return {
    event_id: id,
    sender: { user_id: from, name: from, kind: "patient" },
    sent_at: ago(secondsAgo),
    kind: "text",
    body: id,
    reply_to: replyTo,
    edited: false,
    file: null,
    trust: null,
    reactions: [],
  };
}

function called(id: string, endedAgo: number): ArchivedCall {
  return {
    id,
    kind: "audio",
    caller: { user_id: "petrova", name: "Petrova", kind: "operator" },
    started_at: ago(endedAgo + 70),
    answered_at: ago(endedAgo + 60),
    ended_at: ago(endedAgo),
    outcome: "completed",
    decline_reason: null,
    talked_seconds: 60,
  };
}

function saidOf(transcript: readonly TranscriptEntry[]): Said[] {
  return readTranscript(transcript).flatMap((line) => (line.kind === "said" ? [line] : []));
}

describe("a transcript", () => {
  it("has each call where it ended, and who called", () => {
    const lines = readTranscript([said("a", 100), said("b", 30)], [called("c", 50), called("d", 10)]);
    expect(lines.map((line) => (line.kind === "call" ? line.call.callId : line.entry.event_id))).toEqual([
      "a",
      "c",
      "b",
      "d",
    ]);
    expect(lines[1]).toMatchObject({
      caller: "Petrova",
      call: { call: "audio", outcome: "completed", seconds: 60 },
    });
    expect(lines[2]).toMatchObject({ startsRun: true });
  });

  it("leaves out what the service said for other clients", () => {
    const notice: TranscriptEntry = {
      ...said("n", 5),
      kind: "notice",
      sender: { user_id: "k", name: "k", kind: "system" },
    };
    expect(saidOf([notice, said("a", 1)]).map(({ entry }) => entry.event_id)).toEqual(["a"]);
  });

  it("is read in runs of one sender", () => {
    const runs = saidOf([
      said("a", 600),
      said("b", 590),
      said("c", 580, "petrova"),
      said("d", 10, "petrova"),
    ]);
    expect(runs.map(({ startsRun }) => startsRun)).toEqual([true, false, true, true]);
    expect(runs.map(({ startsDay }) => startsDay)).toEqual([true, false, false, false]);
  });

  it("knows what an answer answers", () => {
    const [, answer, lost] = saidOf([
      said("a", 30),
      said("b", 20, "petrova", "a"),
      said("c", 10, "petrova", "gone"),
    ]);
    expect(answer?.answers?.event_id).toBe("a");
    expect(lost?.answers).toBeNull();
  });
});

it("the query takes whole days", () => {
  const query = archiveQuery({ from: "2026-11-01", to: "2026-11-30", q: "anna" });
  expect(query.q).toBe("anna");
  expect(Date.parse(query.to ?? "") - Date.parse(query.from ?? "")).toBeGreaterThan(29 * 86_400_000);
});

it("days back go before days of the calendar, and what makes no sense is left out", () => {
  expect(archiveQuery({ days: "7", from: "2026-11-01" })).toEqual({ days: 7 });
  expect(archiveQuery({ days: "0", stars_max: "9", held: "perhaps", sort: "loudest" })).toEqual({});
  const search = { stars_max: "2", conclusion: "false", held: "true", tag: "t1", sort: "oldest" };
  const query = archiveQuery(search);
  expect(query).toEqual({ stars_max: 2, conclusion: false, held: true, tag: "t1", sort: "oldest" });
  expect([isNarrowed(query), isNarrowed({ sort: "oldest" }), isNarrowed({ q: undefined })]).toEqual([
    true,
    false,
    false,
  ]);
});

it("an erased record is told from one that cannot be had", () => {
  expect(isErased(new ApiProblem("erased", 410, "gone"))).toBe(true);
  expect([new ApiProblem("not-found", 404, ""), null, new Error("x")].map(isErased)).toEqual([
    false,
    false,
    false,
  ]);
});

it("a hash is shortened in the middle", () => {
  expect(shortHash("a".repeat(64))).toBe(`${"a".repeat(10)}…${"a".repeat(8)}`);
  expect(shortHash("short")).toBe("short");
});

it("is about whom it was sealed, with the age and the name of then", () => {
  const today = { id: "m", name: "Maria", age: 9, sex: null, relationship: "PRN" } as const;
  const consultation = row({ id: "1", requested_at: "2023-11-15T10:00:00Z", person: today });
  const sealed = {
    id: "m",
    name: "Masha",
    birth_date: "2017-05-01",
    sex: "female",
    relationship: "PRN",
  } as const;
  expect(sealedPerson({ person: sealed, consultation })).toEqual({
    id: "m",
    name: "Masha",
    age: 6,
    sex: "female",
    relationship: "PRN",
  });
  expect(sealedPerson({ person: null, consultation })).toEqual(today);
  expect(sealedPerson({ person: null, consultation: row({ id: "2" }) })).toBeNull();
});

describe("words to search for", () => {
  it("have two letters or digits in a row, of any script", () => {
    for (const text of ["ок", "it", "38", "a ёж", "«b12»"]) expect(canBeSearched(text), text).toBe(true);
    for (const text of ["", "x", "я ?", "a b", "—"]) expect(canBeSearched(text), text).toBe(false);
  });

  it("says of a beginning what it has to be", () => {
    for (const text of ["аллер*", "knee all*", "2024 колен*", "knee * rash", "«голов* боль»"])
      expect(refusalOf(text), text).toBeNull();
    for (const text of ["ал*", "b12*", "img2024* rash", "knee я*"])
      expect(refusalOf(text), text).toBe("beginningTooShort");
    expect(refusalOf("x")).toBe("tooShort");
  });

  it("finds call-backs at an address of their own", () => {
    const callback = callbackRowSample({ id: "b1" });
    expect(placeOf({ callback, sequence: 1, sealed_at: ago(1), snippets: [] })).toBe("callback-b1");
  });
});
