/** What goes: records whose time is over in the days to come, counted by class and queue. Nothing goes before it stood here for a day. */
import type { DuePage } from "@consilium/kit/api";
import { useFormats } from "@consilium/kit/brand";
import { SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useTableHandle } from "../../desk/useTableHandle.ts";
import { IconHourglass, IconLock } from "../../icons.ts";
import { ListBody } from "../../list/ListBody.tsx";
import { RecordRows } from "../../list/RecordRows.tsx";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { byClass, DAYS, daysOf } from "./model.ts";
import classes from "./Retention.module.css";
import { DUE_KEY } from "./useRetention.ts";
import { WhichList } from "./WhichList.tsx";

const PAGE = 100;
const ROW_HEIGHT = 64;

export function DueListView() {
  const { t } = useTranslation();
  const { date } = useFormats();
  const { api } = useConsole();
  const { place } = useDesk();
  const days = daysOf(place.search.period);
  const query = useInfiniteQuery({
    queryKey: [DUE_KEY, days],
    queryFn: ({ pageParam }) => api.retention.due({ days, limit: PAGE, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  const pages = query.data?.pages ?? [];
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { onOrder } = useTableHandle("archive");
  useEffect(() => onOrder(items.map(({ consultation }) => consultation.id)), [items, onOrder]);
  const list = {
    items,
    total: pages[0]?.total ?? 0,
    atLeast: pages[0]?.at_least,
    status: query.status,
    error: query.error,
    fetching: query.isFetching,
    more: () => void (query.hasNextPage && !query.isFetchingNextPage && query.fetchNextPage()),
    refetch: () => void query.refetch(),
  };
  return (
    <ListPane
      title={t("section.archive")}
      total={list}
      search={
        <>
          <WhichList />
          <HowFar />
          <Counts page={pages[0]} />
        </>
      }
    >
      <ListBody
        list={list}
        count={items.length}
        filtered={false}
        nothing={{
          icon: <IconHourglass size={32} stroke={1.5} />,
          title: t("retention.dueEmptyTitle"),
          text: t("retention.dueEmptyText"),
        }}
      >
        <RecordRows
          label={t("retention.list.due")}
          rows={items}
          height={ROW_HEIGHT}
          current={place.id}
          onEnd={list.more}
        >
          {({ consultation: { queue }, retention, goes_at: at, holds }) => ({
            end:
              at === null ? <Held /> : <time dateTime={at}>{t("retention.goes", { when: date(at) })}</time>,
            about: holds[0]?.reason ?? [queue.name, retention?.class.name].filter(Boolean).join(" · "),
          })}
        </RecordRows>
      </ListBody>
    </ListPane>
  );
}

function HowFar() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t("retention.howFar")}
      value={String(daysOf(place.search.period))}
      onChange={(period) => filter({ period: period === "1" ? null : period })}
      data={DAYS.map((days) => ({ value: String(days), label: t("retention.days", { count: days }) }))}
    />
  );
}

function Counts({ page }: { page: DuePage | undefined }) {
  const { t } = useTranslation();
  const counted = byClass(page?.counts ?? []);
  if (counted.length === 0) return null;
  return (
    <ul className={classes.counts} aria-label={t("retention.counts")}>
      {counted.map(({ id, name, count, held, queues }) => (
        <li key={id}>
          <span className={classes.countOf}>
            <strong>{name}</strong>
            <span className={classes.number}>{count}</span>
          </span>
          <span className={classes.muted}>
            {[
              ...queues.map((queue) => `${queue.name} ${queue.count}`),
              held > 0 ? t("retention.held", { count: held }) : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Held() {
  const { t } = useTranslation();
  return (
    <span className={classes.heldMark}>
      <IconLock size={14} stroke={2} aria-hidden />
      {t("retention.heldMark")}
    </span>
  );
}
