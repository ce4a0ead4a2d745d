/**
 * A question that begins a consultation, on its way. It is kept on this device from the press of the button until the outbox has it, so it
 * goes out though the app was closed meanwhile. A repeated send has the same request: it begins nothing twice.
 */
import { ApiProblem, type Consultation, type GivenConsent, type QuestionAnswer } from "@consilium/kit/api";
import type { Engine } from "@consilium/kit/matrix";
import type { QueryClient } from "@tanstack/react-query";
import { answersKey, askedKey, forgetTyped, personKey, typedKey } from "./asked-keys.ts";
import { applyConsultation, queries } from "./queries.ts";
import type { SignedIn } from "./session.tsx";

export interface Question {
  serviceId: string;
  /** For whom, of those one acts for; null: for oneself. */
  person: string | null;
  /** Made once for each press of the button. */
  requestId: string;
  text: string;
  /** To what the service asks; null: it asks nothing. */
  answers: QuestionAnswer[] | null;
  /** What the person agreed to with it. */
  consents: GivenConsent[];
}

/** Questions that wait at the same time, one for each service: more services than a brand has. */
const ASKED_MAX = 20;

/** The question that waits: for this service, or the first one. */
export function askedQuestion(userId: string, serviceId?: string): Question | null {
  const found = askedQuestions(userId);
  return found.find((question) => serviceId === undefined || question.serviceId === serviceId) ?? null;
}

function askedQuestions(userId: string): Question[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(askedKey(userId)) ?? "[]");
    return Array.isArray(found)
      ? found.filter(isQuestion).map((one) => ({
          ...one,
          person: one.person ?? null,
          answers: one.answers ?? null,
          consents: one.consents ?? [],
        }))
      : [];
  } catch {
    return [];
  }
}

function isQuestion(found: unknown): found is Question {
  const { serviceId, requestId, text } = (found ?? {}) as Record<string, unknown>;
  return [serviceId, requestId, text].every((part) => typeof part === "string");
}

export function keepQuestion(userId: string, question: Question): void {
  const others = askedQuestions(userId).filter(({ serviceId }) => serviceId !== question.serviceId);
  keep(askedKey(userId), JSON.stringify([...others, question].slice(-ASKED_MAX)));
}

/** It is not to go out by itself any more. */
export function dropQuestion(userId: string, { requestId }: Question): void {
  const rest = askedQuestions(userId).filter((other) => other.requestId !== requestId);
  if (rest.length === 0) localStorage.removeItem(askedKey(userId));
  else keep(askedKey(userId), JSON.stringify(rest));
}

/** What is typed for a service and was not asked yet. */
export function typedQuestion(userId: string, serviceId: string): string {
  return localStorage.getItem(typedKey(userId, serviceId)) ?? "";
}

export function keepTyped(userId: string, serviceId: string, text: string): void {
  if (text === "") localStorage.removeItem(typedKey(userId, serviceId));
  else keep(typedKey(userId, serviceId), text);
}

/** What is typed as answers to what a service asks, and was not sent yet. */
export function typedAnswers(userId: string, serviceId: string): Record<string, boolean | string[] | string> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(answersKey(userId, serviceId)) ?? "{}");
    return typeof found === "object" && found !== null ? (found as ReturnType<typeof typedAnswers>) : {};
  } catch {
    return {};
  }
}

export function keepTypedAnswers(userId: string, serviceId: string, typed: object): void {
  keep(answersKey(userId, serviceId), JSON.stringify(typed));
}

/** For whom that is, of those one acts for. */
export function typedPerson(userId: string, serviceId: string): string | null {
  return localStorage.getItem(personKey(userId, serviceId));
}

export function keepTypedPerson(userId: string, serviceId: string, person: string | null): void {
  if (person === null) localStorage.removeItem(personKey(userId, serviceId));
  else keep(personKey(userId, serviceId), person);
}

/** Where there is no room it stays in the window: asking does not fail for that. */
function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text);
  } catch {
    localStorage.removeItem(key);
  }
}

export type StartRefusal =
  /** Another one is open in the same circle: go there. */
  | { kind: "open-already"; consultationId: string | null }
  | {
      kind: "failed";
      key:
        | Waiting
        | "start.busy"
        | "start.gone"
        | "start.answers"
        | "start.person"
        | "start.openOther"
        | "consents.again"
        | "start.failed";
    };
/** It goes out by itself: once a network is there, or once this device is ready. */
type Waiting = "start.offline" | "start.preparing";

export function isWaiting(key: (StartRefusal & { kind: "failed" })["key"] | undefined): key is Waiting {
  return key === "start.offline" || key === "start.preparing";
}

export function refusalOf(cause: unknown): StartRefusal {
  if (!(cause instanceof ApiProblem)) return { kind: "failed", key: "start.failed" };
  switch (cause.slug) {
    case "conflict":
      return { kind: "open-already", consultationId: cause.consultationId };
    case "offline":
    case "unavailable":
      return { kind: "failed", key: "start.offline" };
    case "keys-missing":
      return { kind: "failed", key: "start.preparing" };
    case "consents-missing":
    case "consent-changed":
      return { kind: "failed", key: "consents.again" };
    case "rate-limited":
      return { kind: "failed", key: "start.busy" };
    case "invalid": {
      const isPerson = cause.fields.some(({ field }) => field === "person_id");
      return { kind: "failed", key: isPerson ? "start.person" : "start.answers" };
    }
    case "not-found":
      return { kind: "failed", key: "start.gone" };
    default:
      return { kind: "failed", key: "start.failed" };
  }
}

export interface Asker {
  userId: string;
  api: SignedIn["api"];
  engine: Engine;
  client: QueryClient;
}

export type Answer = { kind: "asked"; consultation: Consultation } | (StartRefusal & { kind: "failed" });

/** Questions on their way, by request: two screens may ask the same one at the same moment. */
const underWay = new Map<string, Promise<Answer>>();

/** Begins the consultation, or finds the one that is open, and puts the question into the outbox. Without a network, or before the keys are set up, it stays kept. */
export function askQuestion(asker: Asker, question: Question): Promise<Answer> {
  const known = underWay.get(question.requestId);
  if (known !== undefined) return known;
  const answer = ask(asker, question).finally(() => underWay.delete(question.requestId));
  underWay.set(question.requestId, answer);
  return answer;
}

async function ask(asker: Asker, question: Question): Promise<Answer> {
  const { userId, client } = asker;
  keepQuestion(userId, question);
  const answer = await begin(asker, question);
  if (answer.kind === "asked") {
    applyConsultation(client, answer.consultation);
    void client.invalidateQueries({ queryKey: ["conversations"] });
  }
  if (answer.kind === "failed" && isWaiting(answer.key)) return answer;
  if (answer.kind === "failed") keepTyped(userId, question.serviceId, question.text);
  else forgetTyped(userId, question.serviceId);
  dropQuestion(userId, question);
  return answer;
}

async function begin(by: Asker, question: Question): Promise<Answer> {
  try {
    return await say(
      by,
      await by.api.start(
        question.serviceId,
        question.requestId,
        question.answers,
        question.consents,
        question.person,
      ),
      question,
    );
  } catch (cause) {
    const refused = refusalOf(cause);
    if (refused.kind === "failed") return refused;
    return openAlready(by, refused.consultationId, question).catch((again): Answer => {
      const reason = refusalOf(again);
      return reason.kind === "failed" ? reason : { kind: "failed", key: "start.failed" };
    });
  }
}

async function openAlready(by: Asker, consultationId: string | null, question: Question): Promise<Answer> {
  const { conversations } = await by.client.fetchQuery({ ...queries.conversations(by.api), staleTime: 0 });
  const found = conversations.find(({ open_consultation }) =>
    consultationId === null ? open_consultation !== null : open_consultation?.id === consultationId,
  );
  if (!found?.open_consultation) return { kind: "failed", key: "start.failed" };
  // What is asked for somebody is never said where it is about somebody else.
  if ((found.open_consultation.person?.id ?? null) !== question.person)
    return { kind: "failed", key: "start.openOther" };
  return say(by, found.open_consultation, question);
}

/** The question goes into the outbox before the screen changes: from here on it cannot be lost, nor go out twice. */
async function say(
  { engine }: Asker,
  consultation: Consultation,
  { text, requestId }: Question,
): Promise<Answer> {
  if (text.trim() !== "") {
    const timeline = engine.timeline(consultation.room_id);
    await timeline.sendText({ text: text.trim(), replyTo: null }, requestId);
    timeline.close();
  }
  return { kind: "asked", consultation };
}
