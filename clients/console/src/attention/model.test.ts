import { callbackRowSample } from "@consilium/kit/testing";
import { describe, expect, it } from "vitest";
import { ago, followUp, lead, row } from "../../testing/rows.ts";
import {
  CALM,
  type Desk,
  heardCall,
  notice,
  noticeAlarms,
  noticeCall,
  noticeDue,
  noticeLate,
  noticeOverdue,
  ringing,
  sawConversation,
  sawDue,
  sawLate,
  sawOverdue,
  sawWaiting,
  titleCount,
} from "./model.ts";

const DESK: Desk = {
  operatorId: "o1",
  status: "online",
  queues: ["therapist"],
  routed: new Set(),
  looking: null,
};

describe("a colleague's invitation", () => {
  const guest = { ...lead("o1"), role: "consultant" as const };
  const council = row({ id: "a", phase: "active", participants: [lead("o2"), guest] });

  it("rings until the talk is opened, once for each time", () => {
    const first = notice(CALM, [council], DESK);
    expect([first.signals, ringing(first.attention)]).toEqual([["invited"], "mine"]);
    expect(notice(first.attention, [council], DESK).signals).toEqual([]);
    const opened = notice(sawConversation(first.attention, "a"), [council], DESK);
    expect([opened.signals, ringing(opened.attention)]).toEqual([[], null]);
    const anew = row({ ...council, participants: [lead("o2"), { ...guest, joined_at: ago(1) }] });
    expect(notice(opened.attention, [anew], DESK).signals).toEqual(["invited"]);
  });

  it("is nothing to who looks at it already, nor once it is over; what the patient writes is the lead's", () => {
    const looking = notice(CALM, [council], { ...DESK, looking: "a" });
    expect(looking.signals).toEqual([]);
    const written = row({ ...council, unanswered_since: ago(10), last_message_at: ago(10) });
    expect(notice(looking.attention, [written], DESK).signals).toEqual([]);
    expect(notice(CALM, [row({ ...council, phase: "archived" })], DESK).signals).toEqual([]);
  });
});

describe("a rule's alarm", () => {
  it("rings until a supervisor has seen it, and with each further one anew", () => {
    const first = noticeAlarms(CALM, ["a"]);
    expect([first.signals, ringing(first.attention)]).toEqual([["alarm"], "overdue"]);
    expect(noticeAlarms(first.attention, ["a"])).toEqual({ attention: first.attention, signals: [] });
    const second = noticeAlarms(first.attention, ["b", "a"]);
    expect(second.signals).toEqual(["alarm"]);
    const fewer = noticeAlarms(second.attention, ["a"]);
    expect([fewer.signals, ringing(fewer.attention)]).toEqual([[], "overdue"]);
    const seen = noticeAlarms(fewer.attention, []);
    expect([seen.signals, ringing(seen.attention)]).toEqual([[], null]);
  });
});

describe("a patient who waits", () => {
  it("rings once, and on until somebody looked", () => {
    const first = notice(CALM, [row({ id: "a" })], DESK);
    expect(first.signals).toEqual(["waiting"]);
    const second = notice(first.attention, [row({ id: "a" })], DESK);
    expect(second.signals).toEqual([]);
    expect(ringing(second.attention)).toBe("waiting");
    const seen = notice(sawWaiting(second.attention), [row({ id: "a" })], DESK);
    expect(seen.signals).toEqual([]);
    expect(ringing(seen.attention)).toBeNull();
  });

  it("stops ringing when a colleague takes him", () => {
    const first = notice(CALM, [row({ id: "a" })], DESK);
    expect(
      ringing(
        notice(first.attention, [row({ id: "a", phase: "active", participants: [lead("o2")] })], DESK)
          .attention,
      ),
    ).toBeNull();
  });

  it("rings again after a transfer", () => {
    const seen = sawWaiting(notice(CALM, [row({ id: "a" })], DESK).attention);
    const back = row({
      id: "a",
      transfer: { from: "Sokolov", note: "", at: ago(1), to: null, cause: "handed" },
    });
    expect(notice(seen, [back], DESK).signals).toEqual(["waiting"]);
  });

  it("is not the business of another queue or of somebody away", () => {
    expect(notice(CALM, [row({ id: "a", queue: { id: "lawyer", name: "Lawyer" } })], DESK).signals).toEqual(
      [],
    );
    expect(notice(CALM, [row({ id: "a" })], { ...DESK, status: "away" }).signals).toEqual([]);
    expect(
      notice(
        CALM,
        [row({ id: "a", transfer: { from: "Sokolov", note: "", at: ago(1), to: null, cause: "handed" } })],
        {
          ...DESK,
          status: "transfer_only",
        },
      ).signals,
    ).toEqual(["waiting"]);
  });
});

describe("an own patient who wrote", () => {
  const wrote = row({
    id: "a",
    phase: "active",
    participants: [lead("o1")],
    unanswered_since: ago(20),
    last_message_at: ago(20),
  });

  it("rings by another sound, until the talk is opened", () => {
    const first = notice(CALM, [wrote], DESK);
    expect(first.signals).toEqual(["mine"]);
    expect(ringing(notice(sawConversation(first.attention, "a"), [wrote], DESK).attention)).toBeNull();
  });

  it("rings again for the next message", () => {
    const seen = sawConversation(notice(CALM, [wrote], DESK).attention, "a");
    expect(notice(seen, [{ ...wrote, last_message_at: ago(5) }], DESK).signals).toEqual(["mine"]);
  });

  it("is silent while the talk is on the screen", () => {
    expect(notice(CALM, [wrote], { ...DESK, looking: "a" }).signals).toEqual([]);
  });
});

describe("a patient who calls", () => {
  it("rings before everything else, until it was heard or is over", () => {
    const first = noticeCall(notice(CALM, [row({ id: "a" })], DESK).attention, "call1");
    expect(first.signals).toEqual(["call"]);
    expect(ringing(first.attention)).toBe("call");
    expect(noticeCall(first.attention, "call1").signals).toEqual([]);
    const heard = heardCall(first.attention);
    expect(ringing(heard)).toBe("waiting");
    expect(noticeCall(heard, "call1").signals).toEqual([]);
    expect(noticeCall(heard, "call2").signals).toEqual(["call"]);
    expect(ringing(noticeCall(first.attention, null).attention)).toBe("waiting");
  });

  it("goes on ringing when the lists change", () => {
    const rings = noticeCall(CALM, "call1").attention;
    expect(ringing(notice(rings, [row({ id: "a" })], DESK).attention)).toBe("call");
  });
});

describe("a patient who waits longer than is promised", () => {
  const sla = { target: "wait", due_at: ago(60), level: "breach" } as const;
  const late = row({ id: "a", sla });

  it("rings to supervisors until they have looked, once for each promise", () => {
    const first = noticeLate(CALM, [late], true);
    expect([first.signals, ringing(first.attention)]).toEqual([["late"], "late"]);
    expect(noticeLate(first.attention, [late], true).signals).toEqual([]);
    const seen = sawLate(first.attention);
    expect(ringing(seen)).toBeNull();
    expect(noticeLate(seen, [late], true)).toEqual({ attention: seen, signals: [] });
    const unanswered = { ...late, sla: { ...sla, target: "first_response" } as const };
    expect(noticeLate(seen, [unanswered], true).signals).toEqual(["late"]);
  });

  it("is nobody else's alarm, nor one before the time or after he was taken", () => {
    expect(noticeLate(CALM, [late], false).signals).toEqual([]);
    expect(noticeLate(CALM, [row({ id: "a", sla: { ...sla, level: "warning" } })], true).signals).toEqual([]);
    const rings = noticeLate(CALM, [late], true).attention;
    expect(ringing(noticeLate(rings, [row({ id: "a", phase: "active" })], true).attention)).toBeNull();
  });
});

describe("an offer", () => {
  const offer = { to: { id: "o1", name: "Petrova" }, since: ago(5), until: ago(-25) };
  const desk = { ...DESK, routed: new Set(["therapist"]) };

  it("rings to who is asked, and what nobody is asked for rings to nobody", () => {
    expect(notice(CALM, [row({ id: "a" })], desk).signals).toEqual([]);
    expect(notice(CALM, [row({ id: "a", offer })], desk).signals).toEqual(["waiting"]);
    expect(notice(CALM, [row({ id: "a", offer })], { ...desk, operatorId: "o2" }).signals).toEqual([]);
  });

  it("is not needed for what a colleague hands to oneself", () => {
    const to = { id: "o1", name: "Petrova" };
    const transfer = { from: "Sokolov", note: "", at: ago(5), to, cause: "handed" as const };
    expect(notice(CALM, [row({ id: "a", transfer })], desk).signals).toEqual(["waiting"]);
    expect(notice(CALM, [row({ id: "a", transfer })], { ...desk, operatorId: "o2" }).signals).toEqual([]);
  });
});

describe("a call-back that nobody made in time", () => {
  const late = callbackRowSample({ id: "b", overdue: true, overdue_since: ago(60) });

  it("rings to supervisors until they have looked", () => {
    const first = noticeOverdue(CALM, [late], true);
    expect(first.signals).toEqual(["overdue"]);
    expect(ringing(first.attention)).toBe("overdue");
    expect(noticeOverdue(first.attention, [late], true).signals).toEqual([]);
    const seen = sawOverdue(first.attention);
    expect(ringing(seen)).toBeNull();
    expect(noticeOverdue(seen, [late], true).signals).toEqual([]);
  });

  it("rings again when it is late another time, and stops when it was made", () => {
    const seen = sawOverdue(noticeOverdue(CALM, [late], true).attention);
    expect(noticeOverdue(seen, [{ ...late, overdue_since: ago(5) }], true).signals).toEqual(["overdue"]);
    const first = noticeOverdue(CALM, [late], true).attention;
    expect(ringing(noticeOverdue(first, [{ ...late, overdue: false }], true).attention)).toBeNull();
  });

  it("stops when somebody takes it, and not where he has had it all the while", () => {
    const first = noticeOverdue(CALM, [late], true).attention;
    const holder = { id: "o1", name: "Petrova" };
    const taken = (seconds: number) =>
      ({ ...late, phase: "taken", operator: holder, taken_at: ago(seconds) }) as const;
    expect(ringing(noticeOverdue(first, [taken(30)], true).attention)).toBeNull();
    expect(ringing(noticeOverdue(first, [taken(90)], true).attention)).toBe("overdue");
    const released = { ...taken(30), phase: "new" } as const;
    expect(ringing(noticeOverdue(first, [released], true).attention)).toBe("overdue");
  });

  it("is not told to operators", () => {
    expect(noticeOverdue(CALM, [late], false).signals).toEqual([]);
  });
});

describe("what one wanted to come back to", () => {
  const due = followUp({ id: "f" });

  it("rings at its time, until it was looked at", () => {
    const first = noticeDue(CALM, [due]);
    expect([first.signals, ringing(first.attention)]).toEqual([["due"], "mine"]);
    expect(noticeDue(first.attention, [due]).signals).toEqual([]);
    const seen = sawDue(first.attention);
    expect(ringing(seen)).toBeNull();
    expect(noticeDue(seen, [due])).toEqual({ attention: seen, signals: [] });
  });

  it("rings again where it was put off, and stops when it is done", () => {
    const seen = sawDue(noticeDue(CALM, [due]).attention);
    expect(noticeDue(seen, [{ ...due, due_at: ago(1) }]).signals).toEqual(["due"]);
    expect(ringing(noticeDue(noticeDue(CALM, [due]).attention, []).attention)).toBeNull();
  });
});

it("the title counts what waits", () => {
  expect(titleCount(0, 0)).toBe("");
  expect(titleCount(2, 1)).toBe("(3) ");
  expect(titleCount(200, 1)).toBe("(99+) ");
});
