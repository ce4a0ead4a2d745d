/** What a live list is filtered by: where, whose, and what presses. */
import type { Operator, Queue, Tag } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { languageName } from "@consilium/kit/ui";
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconFilter } from "../../icons.ts";
import { useDeskState, useReadable } from "../../live/hooks.ts";
import { isNarrowed } from "../../live/queue-list.ts";
import type { QueueSection } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { useFieldFilters } from "../../ui/useFieldFilters.ts";
import classes from "./QueueListView.module.css";
import type { QueueListState } from "./useQueueList.ts";

/** Every filter of a live list taken away, the search aside. */
export const NO_FILTERS = {
  queue: null,
  operator: null,
  tag: null,
  field: null,
  urgent: null,
  red_flag: null,
  sla: null,
  unanswered: null,
  language: null,
} as const;

function byName<T extends { name: string }>(items: Iterable<T>): T[] {
  return [...items].sort((a, b) => a.name.localeCompare(b.name));
}

export function FilterMenu({ section, list }: { section: QueueSection; list: QueueListState }) {
  const { t } = useTranslation();
  const on = isNarrowed(list.filter);
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <Tooltip label={t("list.filter")} openDelay={400}>
          <ActionIcon
            variant={on ? "light" : "subtle"}
            color={on ? undefined : "gray"}
            aria-label={t("list.filter")}
          >
            <IconFilter size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <ByPlace section={section} list={list} />
        <ByPressure list={list} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Service, tag, own fields, operator. */
function ByPlace({ section, list }: { section: QueueSection; list: QueueListState }) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const { board } = useDeskState();
  const queues = useMemo<Queue[]>(() => byName(board.queues.values()), [board.queues]);
  const operators = useMemo<Operator[]>(() => byName(board.operators.values()), [board.operators]);
  const tags = useReadable(useConsole().tags.items);
  const used = useMemo<Tag[]>(
    () => byName(tags.values()).filter(({ id, archived }) => !archived || id === list.filter.tag),
    [tags, list.filter.tag],
  );
  const chosen = useFieldFilters("consultation").flatMap(({ items }) =>
    items.map(({ value, label }) => ({ id: value, name: label })),
  );
  return (
    <>
      <Choices
        label={t("list.queue")}
        none={t("list.allQueues")}
        items={queues}
        value={list.filter.queue}
        onChange={(queue) => filter({ queue })}
      />
      {used.length > 0 && (
        <>
          <Menu.Divider />
          <Choices
            label={t("list.tag")}
            none={t("list.allTags")}
            items={used}
            value={list.filter.tag}
            onChange={(tag) => filter({ tag })}
          />
        </>
      )}
      {chosen.length > 0 && (
        <>
          <Menu.Divider />
          <Choices
            label={t("fields.filter")}
            none={t("list.anyField")}
            items={chosen}
            value={list.filter.field}
            onChange={(field) => filter({ field })}
          />
        </>
      )}
      {section !== "waiting" && section !== "mine" && (
        <>
          <Menu.Divider />
          <Choices
            label={t("list.operator")}
            none={t("list.allOperators")}
            items={operators}
            value={list.filter.operator}
            onChange={(operator) => filter({ operator })}
          />
        </>
      )}
    </>
  );
}

const URGENCIES = ["urgent", "red_flag"] as const;
const SLAS = ["warning", "breach"] as const;
const ANSWERS = ["true", "false"] as const;

/** Urgency, promises, answers, language. */
function ByPressure({ list }: { list: QueueListState }) {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const { languages } = useBrand();
  const { urgent, redFlag, sla, language } = list.filter;
  const spoken = useMemo(() => languages.map((id) => ({ id, name: languageName(id) })), [languages]);
  return (
    <>
      <Menu.Divider />
      <Choices
        label={t("list.urgency")}
        none={t("list.anyUrgency")}
        items={URGENCIES.map((id) => ({ id, name: t(`list.urgencies.${id}`) }))}
        value={redFlag ? "red_flag" : urgent ? "urgent" : null}
        onChange={(one) =>
          filter({
            urgent: one === "urgent" ? "true" : null,
            red_flag: one === "red_flag" ? "true" : null,
          })
        }
      />
      <Menu.Divider />
      <Choices
        label={t("list.sla")}
        none={t("list.anySla")}
        items={SLAS.map((id) => ({ id, name: t(`list.slas.${id}`) }))}
        value={sla}
        onChange={(one) => filter({ sla: one })}
      />
      <Menu.Divider />
      <Choices
        label={t("list.answer")}
        none={t("list.anyAnswer")}
        items={ANSWERS.map((id) => ({ id, name: t(`list.answers.${id}`) }))}
        value={place.search.unanswered ?? null}
        onChange={(unanswered) => filter({ unanswered })}
      />
      {spoken.length > 1 && (
        <>
          <Menu.Divider />
          <Choices
            label={t("list.language")}
            none={t("list.anyLanguage")}
            items={spoken}
            value={language}
            onChange={(one) => filter({ language: one })}
          />
        </>
      )}
    </>
  );
}

interface ChoicesProps {
  label: string;
  none: string;
  items: readonly { readonly id: string; readonly name: string }[];
  value: string | null;
  onChange: (value: string | null) => void;
}

const ANY = "";

function Choices({ label, none, items, value, onChange }: ChoicesProps) {
  return (
    <Menu.RadioGroup value={value ?? ANY} onChange={(next) => onChange(next === ANY ? null : next)}>
      <Menu.Label>{label}</Menu.Label>
      <Menu.RadioItem value={ANY}>{none}</Menu.RadioItem>
      {items.map(({ id, name }) => (
        <Menu.RadioItem key={id} value={id}>
          {name}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
