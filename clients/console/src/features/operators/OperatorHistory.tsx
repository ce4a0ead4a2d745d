/** Who changed an operator's card, when and what; and the way back. */
import type { Operator, SettingsVersion } from "@consilium/kit/api";
import { languageName } from "@consilium/kit/ui";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconArrowBackUp } from "../../icons.ts";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { asProblem, fieldWords, problemWords } from "../../ui/problem.ts";
import { ROLES } from "./model.ts";
import classes from "./OperatorPanel.module.css";

export function OperatorHistory({ operator, mayUndo }: { operator: Operator; mayUndo: boolean }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const { data, isError, error, refetch, isFetching } = useQuery({
    // What is shown of him changes with each version.
    queryKey: ["operator-history", operator.id, profileOf(operator)],
    queryFn: () => api.operatorHistory(operator.id),
    placeholderData: (before) => before,
    // After an undo he is what he was, and has one version more: what was read for that look of him counts no more.
    staleTime: 0,
    gcTime: 0,
  });
  const newest = data?.versions[0]?.version ?? 0;
  const { restore, failed, isRestoring } = useRestore(operator, newest);
  return (
    <section className={classes.block} aria-labelledby="operator-changes">
      <h3 id="operator-changes">{t("operators.changes.title")}</h3>
      {failed !== null && <p role="alert">{failed}</p>}
      {data === undefined &&
        (isError ? (
          <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />
        ) : (
          <Loading rows={2} rowHeight={40} />
        ))}
      {newest === 0 && data !== undefined && <p className={classes.muted}>{t("operators.changes.none")}</p>}
      <ol>
        {data?.versions.map((one) => (
          <Version
            key={one.version}
            version={one}
            isNewest={one.version === newest}
            busy={isRestoring}
            onRestore={mayUndo ? restore : null}
          />
        ))}
      </ol>
      {data !== undefined && data.next_before !== null && (
        <Older operatorId={operator.id} before={data.next_before} />
      )}
    </section>
  );
}

function profileOf(operator: Operator): string {
  const { name, title, grade, role, queues, skills, languages, capacity } = operator;
  return JSON.stringify([name, title, grade, role, queues, skills, languages, capacity]);
}

function useRestore(operator: Operator, basedOn: number) {
  const { t } = useTranslation();
  const { api, desk } = useConsole();
  const mutation = useMutation({
    mutationFn: (version: number) => api.restoreOperator(operator.id, { based_on: basedOn, version }),
    onSuccess: (saved) => desk.apply({ kind: "operator", operator: saved }),
  });
  const problem = mutation.error === null ? null : asProblem(mutation.error);
  const byField = problem?.fields.map((wrong) => fieldWords(wrong, t)).join(" ") ?? "";
  const failed = problem === null ? null : byField || problemWords(problem, t).title;
  return { restore: (version: number) => mutation.mutate(version), failed, isRestoring: mutation.isPending };
}

interface VersionProps {
  version: SettingsVersion;
  isNewest: boolean;
  busy: boolean;
  onRestore: ((version: number) => void) | null;
}

function Version({ version, isNewest, busy, onRestore }: VersionProps) {
  const { t } = useTranslation();
  const words = useProfileWords();
  const { version: number, by, at, restores, differences } = version;
  const did = () => {
    if (restores === 0) return t("operators.changes.first");
    if (restores !== null) return t("operators.changes.restored", { version: restores });
    return t("operators.changes.changed");
  };
  return (
    <li className={classes.change}>
      <p>
        {number}. {by.name}: {did()} <When at={at} className={classes.muted} />
      </p>
      <dl>
        {differences.map(({ field, before, after }) => (
          <div key={field}>
            <dt>{t(`operators.${field}`)}</dt>
            <dd>
              <del className={isNothing(before) ? "unseen" : undefined}>
                <span className="unseen">{t("operators.changes.before")} </span>
                {words(field, before)}
              </del>{" "}
              <ins>
                <span className="unseen">{t("operators.changes.after")} </span>
                {words(field, after)}
              </ins>
            </dd>
          </div>
        ))}
      </dl>
      {onRestore !== null && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
          onClick={() => onRestore(isNewest ? number - 1 : number)}
        >
          {t(isNewest ? "operators.changes.undo" : "operators.changes.restore")}
        </Button>
      )}
    </li>
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
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
    return (Array.isArray(value) ? value : [value]).map((each) => one(field, each)).join(", ");
  };
}

/** What is older than the first page, when it is asked for. */
function Older({ operatorId, before }: { operatorId: string; before: number }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [versions, setVersions] = useState<readonly SettingsVersion[]>([]);
  const [next, setNext] = useState<number | null>(before);
  const more = useMutation({
    mutationFn: (from: number) => api.operatorHistory(operatorId, from),
    onSuccess: (page) => {
      setVersions([...versions, ...page.versions]);
      setNext(page.next_before);
    },
  });
  return (
    <>
      <ol>
        {versions.map((one) => (
          <Version key={one.version} version={one} isNewest={false} busy={false} onRestore={null} />
        ))}
      </ol>
      {next !== null && (
        <Button size="sm" variant="default" loading={more.isPending} onClick={() => more.mutate(next)}>
          {t("operators.changes.older")}
        </Button>
      )}
    </>
  );
}
