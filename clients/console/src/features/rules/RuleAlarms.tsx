/** Alarms that rules raised: over the whole desk of every supervisor until one of them has seen it. */
import type { RuleRun } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRuleAlarms, useSeeAlarm } from "../../attention/useRuleAlarms.ts";
import { useOpenWhereItIs } from "../../desk/useOpenWhereItIs.ts";
import { IconBell } from "../../icons.ts";
import { When } from "../../ui/Elapsed.tsx";

interface RuleAlarmsProps {
  className: string | undefined;
  buttonsClassName: string | undefined;
}

export function RuleAlarms(props: RuleAlarmsProps) {
  const { t } = useTranslation();
  const { items, total } = useRuleAlarms();
  const see = useSeeAlarm();
  const more = total - items.length;
  return (
    <>
      {items.map((run) => (
        <Alarm key={run.id} run={run} busy={see.isPending} onSeen={() => see.mutate(run.id)} {...props} />
      ))}
      {more > 0 && (
        <p className={props.className} data-tone="warning">
          <span>{t("rules.moreAlarms", { count: more })}</span>
        </p>
      )}
    </>
  );
}

interface AlarmProps extends RuleAlarmsProps {
  run: RuleRun;
  busy: boolean;
  onSeen: () => void;
}

function Alarm({ run, busy, onSeen, className, buttonsClassName }: AlarmProps) {
  const { t } = useTranslation();
  const open = useOpenWhereItIs();
  const { patient, rule_name: rule } = run;
  return (
    <p className={className} data-tone="warning" role="alert">
      <IconBell size={18} stroke={1.75} aria-hidden />
      <span>
        {patient === null ? t("rules.alarm", { rule }) : t("rules.alarmOf", { rule, name: patient.name })}{" "}
        <When at={run.at} />
      </span>
      <span className={buttonsClassName}>
        <Button size="compact-sm" variant="default" onClick={() => open(run)}>
          {t("rules.show")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" loading={busy} onClick={onSeen}>
          {t("understood")}
        </Button>
      </span>
    </p>
  );
}
