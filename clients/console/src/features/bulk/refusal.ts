/** Why a row was refused, in the reader's words: what the service says of conflicts is for programs. */
import type { ApiProblem } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import type { BulkKind } from "../../desk/desk.ts";
import { refusalText } from "../../ui/problem.ts";

export function whyNot(kind: BulkKind, problem: ApiProblem, t: TFunction): string {
  const { slug, takenBy, offeredTo } = problem;
  if (takenBy !== null) return t("bulk.why.taken", { name: takenBy.name });
  if (offeredTo !== null) return t("bulk.why.offered", { name: offeredTo.name });
  if (slug === "forbidden") return t("bulk.why.forbidden");
  if (kind === "macro" && (slug === "conflict" || slug === "invalid")) return stepWords(problem, t);
  if (kind === "assign" && slug === "invalid") return t("bulk.why.target");
  return slug === "conflict" ? t("bulk.why.meanwhile") : refusalText(problem, t);
}

/** Which step of a macro was not possible, and why. */
function stepWords({ members }: ApiProblem, t: TFunction): string {
  const step = members.macro_step;
  if (typeof step !== "string") return t("macros.changed");
  return `${t("macros.cannot", { step: t(`macros.short.${step}`) })} ${t(`macros.why.${step}`)}`;
}
