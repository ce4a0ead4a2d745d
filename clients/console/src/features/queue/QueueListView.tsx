/** The list pane of a live section. */
import { ActionIcon, Button } from "@mantine/core";
import { type MouseEvent, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttention } from "../../attention/AttentionContext.tsx";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { Keys } from "../../commands/Keys.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import type { BulkKind } from "../../desk/desk.ts";
import {
  IconArrowUp,
  IconBellOff,
  IconFilter,
  IconInbox,
  IconLayoutList,
  IconMessages,
  IconPlayerPause,
} from "../../icons.ts";
import { BulkButtons } from "../../list/BulkButtons.tsx";
import { useListFilters, useShowAll } from "../../list/filters.ts";
import { SelectionBar } from "../../list/SelectionBar.tsx";
import { SortMenu } from "../../list/SortMenu.tsx";
import { useDeskState, useMyOperator, useReadable } from "../../live/hooks.ts";
import { isFiltered, SORTS } from "../../live/queue-list.ts";
import { statusWords } from "../../live/reason.ts";
import { type QueueSection, roleIn } from "../../live/sections.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { deskPart } from "../../ui/deskPart.tsx";
import { Hint } from "../../ui/Hint.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import { Search } from "../../ui/Search.tsx";
import { VirtualList } from "../../ui/VirtualList.tsx";
import classes from "./QueueListView.module.css";
import { QueueRow } from "./QueueRow.tsx";
import { useQueueFilters } from "./useQueueFilters.ts";
import { type QueueListState, useQueueList } from "./useQueueList.ts";

const CommandMenu = deskPart(async () => (await import("../../commands/CommandMenu.tsx")).CommandMenu);

export const ROW_HEIGHT = { comfortable: 56, dense: 40 } as const;

/** What can be done at once: what waits has a place in the line, what is led can be closed. */
const KINDS = {
  waiting: ["assign", "raise", "lower", "add_tag", "remove_tag", "macro", "export"],
  mine: ["assign", "add_tag", "remove_tag", "macro", "export"],
  active: ["assign", "add_tag", "remove_tag", "macro", "export"],
  "on-hold": ["assign", "add_tag", "remove_tag", "macro", "export"],
} as const satisfies Record<QueueSection, readonly BulkKind[]>;

export function QueueListView({ section }: { section: QueueSection }) {
  const { t } = useTranslation();
  const state = useDeskState();
  const { desk } = useConsole();
  const { filter } = useDesk();
  const list = useQueueList(section);
  const filters = useListFilters(useQueueFilters(section, list.filter));
  return (
    <ListPane
      title={t(`section.${section}`)}
      total={list}
      filters={filters}
      tools={
        <>
          <SortMenu sorts={SORTS} value={list.filter.sort} />
          <DensitySwitch />
        </>
      }
      search={
        <Search
          ref={list.search}
          value={list.filter.q}
          onChange={(q) => filter({ q })}
          label={t("list.search")}
          delay={0}
        />
      }
    >
      <Announced list={list} />
      {list.rows.length > 0 && <OffDuty section={section} />}
      <SelectionBar selecting={list.selecting} total={list.rows.length}>
        <BulkButtons
          kinds={KINDS[section]}
          rows={list.rows.map(({ row }) => row)}
          selecting={list.selecting}
        />
      </SelectionBar>
      {state.status === "loading" && state.board.rows.size === 0 ? (
        <Loading />
      ) : state.status === "failed" && state.board.rows.size === 0 ? (
        <Problem error={state.problem} onRetry={() => void desk.reload()} />
      ) : list.rows.length === 0 ? (
        <Empty section={section} list={list} />
      ) : (
        <Rows section={section} list={list} />
      )}
      <p className="unseen" aria-live="polite">
        {list.announced.length > 0 ? t("list.announced", { count: list.announced.length }) : ""}
      </p>
    </ListPane>
  );
}

function DensitySwitch() {
  const { t } = useTranslation();
  const { prefs } = useConsole();
  const { density } = useReadable(prefs.prefs);
  const dense = density === "dense";
  return (
    <Hint label={t("list.dense")}>
      <ActionIcon
        variant={dense ? "light" : "subtle"}
        color={dense ? undefined : "gray"}
        aria-label={t("list.dense")}
        aria-pressed={dense}
        onClick={() => prefs.change({ density: dense ? "comfortable" : "dense" })}
      >
        <IconLayoutList size={18} stroke={1.75} />
      </ActionIcon>
    </Hint>
  );
}

function Announced({ list }: { list: QueueListState }) {
  const { t } = useTranslation();
  const { shortcut } = useCommands().find("list.announced");
  if (list.announced.length === 0) return null;
  return (
    <button type="button" className={classes.announced} onClick={list.showAnnounced}>
      <IconArrowUp size={16} stroke={2} aria-hidden />
      {t("list.new", { count: list.announced.length })}
      {shortcut !== null && <Keys shortcut={shortcut} />}
    </button>
  );
}

/** The own status in words and the way back, where new patients do not ring for this operator; null on duty. */
function useOffDuty(section: QueueSection): { status: string; goOnline: () => void } | null {
  const { t } = useTranslation();
  const operator = useMyOperator();
  const { run } = useCommands();
  if (section !== "waiting" || operator === null || operator.status === "online") return null;
  return { status: statusWords(operator, t), goOnline: () => void run("status.online") };
}

/** Over a queue in which somebody waits: why it is silent, and one press that changes it. */
function OffDuty({ section }: { section: QueueSection }) {
  const { t } = useTranslation();
  const offDuty = useOffDuty(section);
  if (offDuty === null) return null;
  return (
    <div className={classes.offDuty} role="status">
      <IconBellOff size={18} stroke={1.75} aria-hidden />
      <span>{t("offDuty.text", { status: offDuty.status })}</span>
      <Button size="compact-sm" onClick={offDuty.goOnline}>
        {t("offDuty.goOnline")}
      </Button>
    </div>
  );
}

const EMPTY_ICONS = {
  waiting: IconInbox,
  mine: IconMessages,
  active: IconMessages,
  "on-hold": IconPlayerPause,
} as const;

function Empty({ section, list }: { section: QueueSection; list: QueueListState }) {
  const { t } = useTranslation();
  const showAll = useShowAll();
  const offDuty = useOffDuty(section);
  if (isFiltered(list.filter)) {
    return (
      <Nothing
        icon={<IconFilter size={32} stroke={1.5} />}
        title={t("list.nothingFound")}
        text={t("list.nothingFoundText")}
        action={{ label: t("list.clearFilters"), onClick: showAll }}
      />
    );
  }
  const Icon = EMPTY_ICONS[section];
  return (
    <Nothing
      icon={<Icon size={32} stroke={1.5} />}
      title={t(`empty.${section}.title`)}
      text={offDuty === null ? t(`empty.${section}.text`) : t("offDuty.text", { status: offDuty.status })}
      {...(offDuty === null ? {} : { action: { label: t("offDuty.goOnline"), onClick: offDuty.goOnline } })}
    />
  );
}

function Rows({ section, list }: { section: QueueSection; list: QueueListState }) {
  const { t } = useTranslation();
  const { place, open } = useDesk();
  const { me, prefs, actions, engine } = useConsole();
  const operatorId = me.operator?.id ?? null;
  const isSupervisor = me.role === "supervisor";
  const viewer = useMemo(() => ({ operatorId, isSupervisor }), [operatorId, isSupervisor]);
  const { attention } = useAttention();
  const { density } = useReadable(prefs.prefs);
  const states = useReadable(actions.states);
  const summaries = useReadable(engine.conversations);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const height = ROW_HEIGHT[density];
  const { selecting } = list;
  const take = useCallback((id: string) => void actions.take(id), [actions]);
  const onMenu = useCallback(
    (event: MouseEvent, id: string) => {
      event.preventDefault();
      open(id, section, "replace");
      setMenu({ x: event.clientX, y: event.clientY });
    },
    [open, section],
  );
  const currentHere = list.rows.some(({ row }) => row.id === place.id);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the pointer and the keys for its rows, which are links
    <div
      className={classes.rows}
      style={{ "--row-height": `${height / 16}rem` } as React.CSSProperties}
      onPointerEnter={(event) => event.pointerType === "mouse" && list.onPointer(true)}
      onPointerLeave={() => list.onPointer(false)}
      onKeyDown={selecting.onKeyDown}
    >
      <VirtualList
        ref={list.scroll}
        label={t(`section.${section}`)}
        items={list.rows}
        rowHeight={height + 1}
        current={place.id}
        onScroll={list.onScroll}
      >
        {({ row, gone, away }, index) => (
          <QueueRow
            key={row.id}
            row={row}
            section={section}
            viewer={viewer}
            role={roleIn(row, operatorId)}
            gone={gone}
            away={away}
            current={row.id === place.id}
            tabbable={row.id === place.id || (!currentHere && index === 0)}
            picked={selecting.ids.has(row.id)}
            fresh={isFresh(attention.waiting, attention.mine, row.id, section)}
            summary={summaries.get(row.room_id) ?? null}
            action={states.get(row.id) ?? null}
            onPick={selecting.pick}
            onTake={take}
            onMenu={onMenu}
          />
        )}
      </VirtualList>
      <CommandMenu at={menu} onClose={() => setMenu(null)} group="consultation" />
    </div>
  );
}

function isFresh(
  waiting: ReadonlySet<string>,
  mine: ReadonlyMap<string, string>,
  id: string,
  section: QueueSection,
): boolean {
  if (section === "waiting") return [...waiting].some((key) => key.startsWith(`${id}|`));
  return mine.has(id);
}
