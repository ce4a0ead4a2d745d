/**
 * Starts a consultation once, however often the button is pressed, and puts the question into the outbox. Without a network it
 * waits for one and goes on by itself, also after the app was closed; so it does until this device is ready.
 */
import type { GivenConsent, QuestionAnswer } from "@consilium/kit/api";
import { Cell, type Engine } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import {
  askedQuestion,
  askQuestion,
  dropQuestion,
  isWaiting,
  keepQuestion,
  keepTyped,
  type StartRefusal,
  typedQuestion,
} from "../../app/asking.ts";
import { type TickedConsents, useReloadConsents, useTickedConsents } from "../../app/consents/useConsents.ts";
import { paths } from "../../app/paths.ts";
import { useApplyPersons } from "../../app/persons/usePersons.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import { useWhom, type Whom } from "./useWhom.ts";

export interface Start {
  question: string;
  setQuestion: (text: string) => void;
  busy: boolean;
  refusal: (StartRefusal & { kind: "failed" }) | null;
  /** For whom it is. */
  whom: Whom;
  /** What has to be agreed to with it. */
  consents: TickedConsents;
  /** `answers`: to what the service asks; null: it asks nothing. */
  start: (answers: QuestionAnswer[] | null, given: GivenConsent[]) => Promise<void>;
}

const NO_ENGINE = new Cell<ReturnType<Engine["connection"]["get"]>>("starting");
const WAITS = { kind: "failed", key: "start.offline" } as const;
const PREPARING = { kind: "failed", key: "start.preparing" } as const;
/** While it waits it also tries by itself: not every return of a network is announced. */
const RETRY_MS = { "start.offline": 8_000, "start.preparing": 2_000 };

export function useStart(serviceId: string): Start {
  const { api, session } = useSignedIn();
  const { userId } = session;
  const engine = useEngine();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [asked] = useState(() => askedQuestion(userId, serviceId));
  const [question, setQuestion] = useState(() => asked?.text ?? typedQuestion(userId, serviceId));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Start["refusal"]>(asked === null ? null : WAITS);
  const requestId = useRef(asked?.requestId ?? crypto.randomUUID());
  const answers = useRef(asked?.answers ?? null);
  const given = useRef(asked?.consents ?? []);
  const whom = useWhom(serviceId, asked?.person);
  const consents = useTickedConsents(asked?.consents, whom.chosen);
  const reloadConsents = useReloadConsents();
  const { reload: reloadPersons } = useApplyPersons();
  const wasLive = useRef(asked === null);
  const waits = isWaiting(refusal?.key);
  const pause = isWaiting(refusal?.key) ? RETRY_MS[refusal.key] : 0;

  const questionOf = (text: string) => ({
    serviceId,
    person: whom.chosen,
    requestId: requestId.current,
    text,
    answers: answers.current,
    consents: given.current,
  });
  const start = async () => {
    if (busy) return;
    const asking = questionOf(question);
    if (engine === null) {
      keepQuestion(userId, asking);
      wasLive.current = false;
      setRefusal((before) => (isWaiting(before?.key) ? before : PREPARING));
      return;
    }
    setBusy(true);
    // The notice that it waits stays while it tries.
    setRefusal((before) => (isWaiting(before?.key) ? before : null));
    const answer = await askQuestion({ userId, api, engine, client }, asking);
    setBusy(false);
    if (answer.kind === "asked" || answer.key === "consents.again") void reloadConsents();
    if (answer.kind === "failed" && answer.key === "start.person") void reloadPersons();
    if (answer.kind === "failed") setRefusal(answer);
    else navigate(paths.conversation(answer.consultation.conversation_id));
  };

  const live = useReadable(engine?.connection ?? NO_ENGINE) === "live";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` is another one for each question, and each time it was busy
  useEffect(() => {
    if (!waits || busy) return;
    const returned = live && !wasLive.current;
    wasLive.current = live;
    const timer = setTimeout(() => void start(), returned ? 0 : pause);
    return () => clearTimeout(timer);
  }, [live, waits, pause, busy, question]);

  return {
    question,
    setQuestion: (text) => {
      keepTyped(userId, serviceId, text);
      if (waits) keepQuestion(userId, questionOf(text));
      setQuestion(text);
    },
    busy: busy || (waits && engine === null),
    refusal,
    whom: {
      ...whom,
      // What waits goes out for whom it was asked: another choice is another question.
      choose: (person) => {
        if (waits) {
          dropQuestion(userId, questionOf(question));
          keepTyped(userId, serviceId, question);
          requestId.current = crypto.randomUUID();
        }
        setRefusal(null);
        whom.choose(person);
      },
    },
    consents,
    start: (answered, agreed) => {
      answers.current = answered;
      given.current = agreed;
      return start();
    },
  };
}
