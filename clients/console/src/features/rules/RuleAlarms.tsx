/** Alarms that rules raised: over the whole desk of every supervisor until one of them has seen it. */
import { type Page, RuleApi, type RuleRun } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconBell } from "../../icons.ts";
import { useBoard, useMyOperator } from "../../live/hooks.ts";
import { sectionOf } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";

/** More are counted and come when these are seen. */
const SHOWN = 3;
const ALARMS = ["rule-alarms"] as const;

interface RuleAlarmsProps {
  className: string | undefined;
  buttonsClassName: string | undefined;
}

export function RuleAlarms(props: RuleAlarmsProps) {
  const { t } = useTranslation();
  const { api, desk, me } = useConsole();
  const client = useQueryClient();
  const rules = useMemo(() => new RuleApi(api.client), [api]);
  const enabled = me.role === "supervisor";
  useEffect(() => desk.onRule(() => void client.invalidateQueries({ queryKey: ALARMS })), [desk, client]);
  const { data } = useQuery({
    queryKey: ALARMS,
    queryFn: () => rules.runs({ open_alarms: true, limit: SHOWN }),
    enabled,
  });
  const see = useMutation({
    mutationFn: (id: string) => rules.see(id),
    onSuccess: ({ id }) => {
      client.setQueryData<Page<RuleRun>>(ALARMS, (before) => before && without(before, id));
      void client.invalidateQueries({ queryKey: ALARMS });
    },
  });
  if (!enabled || data === undefined || data.items.length === 0) return null;
  const more = data.total - data.items.length;
  return (
    <>
      {data.items.map((run) => (
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

function without(page: Page<RuleRun>, id: string): Page<RuleRun> {
  const items = page.items.filter((run) => run.id !== id);
  return { ...page, items, total: page.total - (page.items.length - items.length) };
}

interface AlarmProps extends RuleAlarmsProps {
  run: RuleRun;
  busy: boolean;
  onSeen: () => void;
}

function Alarm({ run, busy, onSeen, className, buttonsClassName }: AlarmProps) {
  const { t } = useTranslation();
  const { open } = useDesk();
  const { rows } = useBoard();
  const me = useMyOperator();
  const { consultation_id: consultation, callback_id: callback, patient, rule_name: rule } = run;
  const show = () => {
    if (consultation !== null) {
      const row = rows.get(consultation);
      open(consultation, (row === undefined ? null : sectionOf(row, me?.id ?? null)) ?? "archive");
    } else if (callback !== null) open(callback, "callbacks");
  };
  return (
    <p className={className} data-tone="warning" role="alert">
      <IconBell size={18} stroke={1.75} aria-hidden />
      <span>
        {patient === null
          ? t("rules.alarm", { rule })
          : t("rules.alarmOf", { rule, name: patient.name })}{" "}
        <When at={run.at} />
      </span>
      <span className={buttonsClassName}>
        <Button size="compact-sm" variant="default" onClick={show}>
          {t("rules.show")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" loading={busy} onClick={onSeen}>
          {t("understood")}
        </Button>
      </span>
    </p>
  );
}
