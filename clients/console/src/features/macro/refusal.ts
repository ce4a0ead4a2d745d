/** Why a macro was not run, or would not be, in words: which step, what has happened already, whether trying again can help. */
import { ApiProblem, type ConsultationRow } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { roleIn } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { type ProblemWords, problemWords } from "../../ui/problem.ts";
import type { RunState } from "./useRun.ts";

interface About {
  readonly state: RunState;
  readonly row: ConsultationRow;
  /** It says something to the patient. */
  readonly says: boolean;
  /** What a look before the run found. */
  readonly checked: Error | null;
}

/** `again`: pressing once more can help. */
export function useRefusal({ state, row, says, checked }: About): ProblemWords | null {
  const { t } = useTranslation();
  const { me } = useConsole();
  if (state.status === "running") return null;
  if (state.status === "refused") {
    const words = wordsOf(state.error, t);
    return state.sent > 0
      ? { title: t("macros.saidOnly"), text: `${words.title} ${words.text ?? ""}`.trim(), again: true }
      : words;
  }
  if (state.status === "unsaid") {
    const title = t(state.sent > 0 ? "macros.unsaidRest" : "macros.unsaid");
    return { title, text: null, again: true };
  }
  const role = roleIn(row, me.operator?.id ?? null);
  if (says && (row.phase !== "active" || role === null || role === "observer")) {
    return { title: t("macros.cannotWrite"), text: null, again: false };
  }
  if (checked === null) return null;
  const words = wordsOf(checked, t);
  // Who is offline, or asked too often, may try; what is refused stays refused.
  const { slug } = ApiProblem.of(checked);
  return { ...words, again: ["offline", "unavailable", "rate-limited"].includes(slug) };
}

/** What the service says of conflicts is for programs; here it is said for the step. */
function wordsOf(error: unknown, t: TFunction): ProblemWords {
  const problem = ApiProblem.of(error);
  const step = problem.members.macro_step;
  const isOurs = problem.slug === "conflict" || problem.slug === "invalid";
  if (typeof step !== "string") {
    return isOurs ? { title: t("macros.changed"), text: null, again: false } : problemWords(error, t);
  }
  const { title, text, again } = problemWords(error, t);
  // A note that was valid when the macro was made can only name somebody who has gone.
  const why = step === "note" && problem.slug === "invalid" ? "mentions" : step;
  return {
    title: t("macros.cannot", { step: t(`macros.short.${step}`) }),
    text: isOurs ? t(`macros.why.${why}`) : `${title} ${text ?? ""}`.trim(),
    again,
  };
}
