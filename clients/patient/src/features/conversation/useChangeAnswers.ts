/** Saves other answers to what was asked, or says why not. */
import { ApiProblem, type OwnAnswers, type Questionnaire } from "@consilium/kit/api";
import { answersOf, showWrong, type Typed, type Wrong, wrongOf } from "@consilium/kit/questions";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";

/** `changed`: on another device, meanwhile. */
type Work = "idle" | "busy" | "failed" | "changed";

interface Change {
  consultationId: string;
  /** Those that are replaced. */
  answers: OwnAnswers;
  questionnaire: Questionnaire;
  typed: Typed;
  onSaved: () => void;
}

const NOTHING: ReadonlyMap<string, Wrong> = new Map();

export function useChangeAnswers({ consultationId, answers, questionnaire, typed, onSaved }: Change): {
  work: Work;
  wrong: ReadonlyMap<string, Wrong>;
  save: () => void;
} {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [work, setWork] = useState<Work>("idle");
  const [tried, setTried] = useState(false);
  const wrong = wrongOf(questionnaire, typed);
  const { queryKey } = queries.ownAnswers(api, consultationId);
  const send = async () => {
    setWork("busy");
    try {
      const given = answersOf(questionnaire, typed);
      client.setQueryData(
        queryKey,
        await api.changeAnswers(consultationId, given, answers.answered_at ?? null),
      );
      onSaved();
    } catch (cause) {
      const isChanged = cause instanceof ApiProblem && cause.slug === "conflict";
      // Where somebody has come meanwhile, the list says so, and nothing is left to answer.
      if (isChanged)
        await Promise.all(
          [queryKey, ["conversations"]].map((key) => client.invalidateQueries({ queryKey: key })),
        );
      setWork(isChanged ? "changed" : "failed");
    }
  };
  return {
    work,
    wrong: tried ? wrong : NOTHING,
    save: () => {
      if (wrong.size === 0) return void send();
      flushSync(() => setTried(true));
      showWrong(wrong);
    },
  };
}
