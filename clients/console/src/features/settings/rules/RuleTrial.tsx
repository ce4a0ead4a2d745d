/** A dry run: what the rule, as it stands in the form, would have matched among what was there last, and why. */
import { RuleApi, type RuleSettings, type RuleTried, type RuleTriedRow } from "@consilium/kit/api";
import { Button, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconCheck, IconX } from "../../../icons.ts";
import { useConsole } from "../../../session/ConsoleContext.tsx";
import { When } from "../../../ui/Elapsed.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { isSame } from "../model.ts";
import { OpenSubject } from "./OpenSubject.tsx";
import classes from "./Rules.module.css";
import { foundOf, useRuleWords } from "./sentence.ts";

const LASTS = [50, 100, 500] as const;

export function RuleTrial({ rule }: { rule: RuleSettings }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const [last, setLast] = useState<number>(100);
  const trial = useMutation({
    mutationFn: async (tried: RuleSettings) => ({
      tried,
      found: await new RuleApi(api.client).attempt(tried, last),
    }),
  });
  return (
    <section className={classes.panel} aria-labelledby="rule-trial">
      <h3 id="rule-trial">{t("brandSettings.rule.trial")}</h3>
      <p className={classes.muted}>{t("brandSettings.rule.trialHint")}</p>
      <div className={classes.tools}>
        <NativeSelect
          label={t("brandSettings.rule.last")}
          value={String(last)}
          onChange={({ currentTarget: { value } }) => setLast(Number(value))}
          data={LASTS.map(String)}
        />
        <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate(rule)}>
          {t("brandSettings.rule.try")}
        </Button>
      </div>
      <Refusal error={trial.error} />
      {trial.data !== undefined && (
        <Found found={trial.data.found} isStale={!isSame(trial.data.tried, rule)} />
      )}
    </section>
  );
}

function Found({ found, isStale }: { found: RuleTried; isStale: boolean }) {
  const { t } = useTranslation();
  const { is_known: isKnown, looked_at: looked, matched, rows } = found;
  const summary = isKnown
    ? t("brandSettings.rule.found", { matched, happened: rows.length, looked })
    : t("brandSettings.rule.notKnown");
  return (
    <>
      <p role="status">
        {summary} {isStale && t("brandSettings.rule.stale")}
      </p>
      <ol className={classes.entries} aria-label={t("brandSettings.rule.trial")}>
        {rows.map((row) => (
          <Row key={row.consultation_id ?? row.callback_id} row={row} />
        ))}
      </ol>
    </>
  );
}

function Row({ row }: { row: RuleTriedRow }) {
  const { t } = useTranslation();
  const words = useRuleWords();
  return (
    <li className={classes.entry}>
      <div className={classes.entryHead}>
        <OpenSubject subject={row} />
        <span>{t(row.matches ? "brandSettings.rule.wouldRun" : "brandSettings.rule.wouldNot")}</span>
        <When at={row.at} className={classes.muted ?? ""} />
      </div>
      <ul className={classes.parts}>
        {row.findings.map((finding) => (
          <li key={finding.condition} className={classes.part} data-holds={finding.holds}>
            {finding.holds ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
            <span>
              {t(finding.holds ? "brandSettings.rule.holds" : "brandSettings.rule.fails", {
                condition: t(`brandSettings.rule.condition.${finding.condition}`),
                found: foundOf(finding, words),
              })}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
