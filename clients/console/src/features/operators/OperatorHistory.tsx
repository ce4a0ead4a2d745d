/** Who changed an operator's card, when and what; and the way back. */
import type { HoursSettings, Operator, SettingsVersion } from "@consilium/kit/api";
import { languageName } from "@consilium/kit/ui";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Differences, isNothing } from "../../history/Differences.tsx";
import { NumberedHistory } from "../../history/NumberedHistory.tsx";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { hoursWords } from "../../ui/week.ts";
import { ROLES } from "./model.ts";

export function OperatorHistory({ operator, mayUndo }: { operator: Operator; mayUndo: boolean }) {
  const { t } = useTranslation();
  const { api, desk } = useConsole();
  const value = useProfileWords();
  const answer = useQuery({
    // What is shown of him changes with each version.
    queryKey: ["operator-history", operator.id, profileOf(operator)],
    queryFn: () => api.operatorHistory(operator.id),
    placeholderData: (before) => before,
    // After an undo he is what he was, and has one version more: what was read for that look of him counts no more.
    staleTime: 0,
    gcTime: 0,
  });
  const restore = async (version: number) => {
    const newest = answer.data?.versions[0]?.version ?? 0;
    const saved = await api.restoreOperator(operator.id, { based_on: newest, version });
    desk.apply({ kind: "operator", operator: saved });
  };
  const did = ({ restores }: SettingsVersion) => {
    if (restores === 0) return t("operators.changes.first");
    if (restores !== null) return t("operators.changes.restored", { version: restores });
    return t("operators.changes.changed");
  };
  const speech = { name: (field: string) => t(`operators.${field}`), value };
  return (
    <NumberedHistory
      title={t("operators.changes.title")}
      none={t("operators.changes.none")}
      answer={answer}
      older={(before) => api.operatorHistory(operator.id, before)}
      restore={mayUndo ? restore : null}
      did={did}
      tell={(differences) => <Differences differences={differences} speech={speech} />}
    />
  );
}

function profileOf(operator: Operator): string {
  const { name, title, grade, role, queues, skills, languages, capacity, hours, time_zone } = operator;
  return JSON.stringify([name, title, grade, role, queues, skills, languages, capacity, hours, time_zone]);
}

/** A field's value as the card says it. */
function useProfileWords(): (field: string, value: unknown) => string {
  const { t } = useTranslation();
  const { queues } = useBoard();
  const one = (field: string, value: unknown) => {
    const text = String(value);
    if (field === "queues") return queues.get(text)?.name ?? text;
    if (field === "languages") return languageName(text);
    const role = ROLES.find((known) => known === value);
    return field === "role" && role !== undefined ? t(`role.${role}`) : text;
  };
  return (field, value) => {
    if (isNothing(value)) return t("operators.changes.nothing");
    if (field === "hours" && Array.isArray(value)) return hoursWords(value as HoursSettings[], t);
    return (Array.isArray(value) ? value : [value]).map((each) => one(field, each)).join(", ");
  };
}
