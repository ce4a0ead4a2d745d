/** What rules did, newest first, live: on what, which version, and what came of each action. */
import { RuleApi, type RuleDone, type RuleRun } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { IconCheck, IconX } from "../../../icons.ts";
import { useConsole } from "../../../session/ConsoleContext.tsx";
import { When } from "../../../ui/Elapsed.tsx";
import { Loading, Problem } from "../../../ui/Loadable.tsx";
import { useAllPages } from "../../../ui/useAllPages.ts";
import { OpenSubject } from "./OpenSubject.tsx";
import classes from "./Rules.module.css";
import { useRuleWords } from "./sentence.ts";

const PAGE = 20;
const LIST = "rule-log";

/** `ruleId`: null for what all of them did. */
export function RuleLog({ ruleId }: { ruleId: string | null }) {
  const { t } = useTranslation();
  const { api, desk } = useConsole();
  const client = useQueryClient();
  const rules = useMemo(() => new RuleApi(api.client), [api]);
  useEffect(() => desk.onRule(() => void client.invalidateQueries({ queryKey: [LIST] })), [desk, client]);
  const log = useAllPages<RuleRun>(
    [LIST, ruleId],
    (cursor) => rules.runs({ limit: PAGE, cursor, ...(ruleId === null ? {} : { rule_id: ruleId }) }),
    { eager: false, limit: PAGE },
  );
  return (
    <section className={classes.panel} aria-labelledby="rule-log">
      <h3 id="rule-log">{t("brandSettings.rule.log")}</h3>
      <p className={classes.muted}>{t("brandSettings.rule.logHint")}</p>
      {log.status === "pending" && <Loading rows={3} rowHeight={56} />}
      {log.status === "error" && <Problem error={log.error} onRetry={log.refetch} busy={log.fetching} />}
      {log.status === "success" && log.items.length === 0 && <p>{t("brandSettings.rule.logEmpty")}</p>}
      <ol className={classes.entries} aria-labelledby="rule-log">
        {log.items.map((run) => (
          <Entry key={run.id} run={run} isNamed={ruleId === null} />
        ))}
      </ol>
      {log.status === "success" && !log.complete && (
        <Button size="sm" variant="default" loading={log.fetching} onClick={log.more}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}

function Entry({ run, isNamed }: { run: RuleRun; isNamed: boolean }) {
  const { t } = useTranslation();
  const { alarm } = run;
  const version =
    run.rule_version === 0
      ? t("brandSettings.rule.ofFolder")
      : t("brandSettings.rule.version", { version: run.rule_version });
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <OpenSubject subject={run} />
        <span className={classes.muted}>
          {isNamed ? `${run.rule_name}, ${version}` : version}: {t(`brandSettings.value.${run.event}`)}
        </span>
        <When at={run.at} className={classes.muted ?? ""} />
      </div>
      <ul className={classes.parts}>
        {run.done.map((done) => (
          <Part key={`${done.action} ${done.subject}`} done={done} />
        ))}
      </ul>
      {alarm !== null && (
        <p className={classes.muted}>
          {alarm.seen_by === null
            ? t("brandSettings.rule.unseen")
            : t("brandSettings.rule.seenBy", { name: alarm.seen_by.name })}
        </p>
      )}
    </li>
  );
}

function Part({ done }: { done: RuleDone }) {
  const { t } = useTranslation();
  const { queue, tag } = useRuleWords();
  const { action, subject, outcome } = done;
  const isDone = outcome === "done" || outcome === "unchanged";
  const named = () => {
    if (subject === null) return "";
    if (action === "move") return queue(subject);
    return action === "raise_priority" ? subject : tag(subject);
  };
  const name = named();
  return (
    <li className={classes.part} data-holds={isDone}>
      {isDone ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
      <span>
        {t(`brandSettings.rule.did.${action}`)}
        {name !== "" && ` ${t("brandSettings.rule.quoted", { name })}`}
        {outcome !== "done" && `: ${t(`brandSettings.rule.outcome.${outcome}`)}`}
      </span>
    </li>
  );
}
