/** What was typed as answers to a service's questions: kept on this device until it is sent, judged when it is. */
import type { QuestionAnswer, Service } from "@consilium/kit/api";
import { answersOf, showWrong, type Typed, type Wrong, wrongOf } from "@consilium/kit/questions";
import { useState } from "react";
import { flushSync } from "react-dom";
import { keepTypedAnswers, typedAnswers } from "../../app/asking.ts";
import { useSignedIn } from "../../app/session.tsx";

export interface AskedQuestions {
  typed: Typed;
  setTyped: (typed: Typed) => void;
  wrong: ReadonlyMap<string, Wrong>;
  /** Sends the answers, or shows what is wrong. */
  send: (start: (answers: QuestionAnswer[] | null) => Promise<void>) => void;
}

const NOTHING: ReadonlyMap<string, Wrong> = new Map();

export function useQuestions({ id, questionnaire }: Pick<Service, "id" | "questionnaire">): AskedQuestions {
  const { userId } = useSignedIn().session;
  const [typed, setTyped] = useState<Typed>(() => typedAnswers(userId, id));
  const [tried, setTried] = useState(false);
  const wrong = questionnaire === null ? NOTHING : wrongOf(questionnaire, typed);
  return {
    typed,
    setTyped: (next) => {
      keepTypedAnswers(userId, id, next);
      setTyped(next);
    },
    wrong: tried ? wrong : NOTHING,
    send: (start) => {
      if (questionnaire === null) return void start(null);
      if (wrong.size === 0) return void start(answersOf(questionnaire, typed));
      flushSync(() => setTried(true));
      showWrong(wrong);
    },
  };
}
