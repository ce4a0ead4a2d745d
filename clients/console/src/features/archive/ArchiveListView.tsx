/** The list of sealed consultations, with filters; or what a search of their words found, by the same filters. */
import type { ArchiveRow, ConsultationRow } from "@consilium/kit/api";
import { ActionIcon, Button, Popover, Select, TextInput, Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useTableHandle } from "../../desk/useTableHandle.ts";
import { IconArchive, IconFilter } from "../../icons.ts";
import { ListBody } from "../../list/ListBody.tsx";
import { useBoard, useReadable } from "../../live/hooks.ts";
import { whose, whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { Search } from "../../ui/Search.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import classes from "./ArchiveListView.module.css";
import { FullTextField } from "./FullTextField.tsx";
import { Hits } from "./Hits.tsx";
import { archiveQuery } from "./model.ts";
import { useFullText } from "./useFullText.ts";

const PAGE = 100;
const ROW = { comfortable: 56, dense: 40 } as const;

/** `above`: what leads to the archive's other lists. */
export function ArchiveListView({ above }: { above: ReactNode }) {
  const { t } = useTranslation();
  const { api, prefs } = useConsole();
  const { place, filter } = useDesk();
  const { density } = useReadable(prefs.prefs);
  const query = useMemo(() => archiveQuery(place.search), [place.search]);
  const list = useAllPages<ArchiveRow>(
    ["archive", query],
    (cursor) => api.archive({ ...query, limit: PAGE, cursor }),
    { eager: false, limit: PAGE },
  );
  const handle = useTableHandle("archive");
  const { onOrder } = handle;
  // Not in the address: words that are searched for stay out of a browser's history.
  const [words, setWords] = useState("");
  const found = useFullText(words, query);
  const isSearch = words !== "";
  const shown: readonly ArchiveRow[] = isSearch ? found.hits : list.items;
  const ids = useMemo(() => shown.map(({ consultation }) => consultation.id), [shown]);
  useEffect(() => onOrder(ids), [ids, onOrder]);
  const filtered = Object.keys(query).length > 0;
  return (
    <ListPane
      title={t("section.archive")}
      total={isSearch ? (found.total ?? found.hits.length) : list.total}
      tools={<Filters />}
      search={
        <>
          {above}
          <Search
            ref={handle.search}
            value={place.search.q ?? ""}
            onChange={(q) => filter({ q })}
            label={t("archive.search")}
          />
          <FullTextField asked={words} onAsk={setWords} />
        </>
      }
    >
      {isSearch ? (
        <Hits found={found} current={place.id} onClear={() => setWords("")} />
      ) : (
        <ListBody
          list={list}
          count={list.items.length}
          filtered={filtered}
          nothing={{
            icon: <IconArchive size={32} stroke={1.5} />,
            title: t(filtered ? "list.nothingFound" : "archive.emptyTitle"),
            text: t(filtered ? "list.nothingFoundText" : "archive.emptyText"),
          }}
        >
          <Rows rows={list.items} height={ROW[density]} onEnd={list.more} current={place.id} />
        </ListBody>
      )}
    </ListPane>
  );
}

function Rows({
  rows,
  height,
  onEnd,
  current,
}: {
  rows: readonly ArchiveRow[];
  height: number;
  onEnd: () => void;
  current: string | null;
}) {
  const { t } = useTranslation();
  const currentHere = rows.some(({ consultation }) => consultation.id === current);
  return (
    <div className={classes.rows} style={{ "--row-height": `${height / 16}rem` } as React.CSSProperties}>
      <VirtualList label={t("section.archive")} items={rows} rowHeight={height + 1} onEnd={onEnd}>
        {({ consultation, sealed_at, message_count, file_count, held, erased }, index) => (
          <Link
            key={consultation.id}
            to="/$section/{-$id}"
            params={{ section: "archive", id: consultation.id }}
            search={true}
            className={classes.row}
            aria-current={consultation.id === current ? "true" : undefined}
            tabIndex={consultation.id === current || (!currentHere && index === 0) ? 0 : -1}
            data-row={consultation.id}
          >
            <span className={classes.line}>
              <span className={classes.name}>{whoseName(consultation)}</span>
              <When at={sealed_at} className={classes.when} />
            </span>
            <span className={classes.second}>
              <span className={classes.about}>
                {[consultation.queue.name, actingWords(consultation, t), operatorOf(consultation)]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className={classes.counts}>
                {(erased !== null
                  ? [t("archive.erased")]
                  : [
                      consultation.conclusion === null ? "" : t("conclusion.inList"),
                      t("archive.messages", { count: message_count }),
                      file_count > 0 ? t("archive.files", { count: file_count }) : "",
                      held ? t("archive.held") : "",
                    ]
                )
                  .filter(Boolean)
                  .join(", ")}
              </span>
            </span>
          </Link>
        )}
      </VirtualList>
    </div>
  );
}

function actingWords(row: ConsultationRow, t: TFunction): string {
  const { acting } = whose(row);
  return acting === null ? "" : t("persons.asks", { name: acting.name });
}

function operatorOf(row: ConsultationRow): string {
  return row.participants.map(({ name }) => name).join(", ");
}

function Filters() {
  const { t } = useTranslation();
  const { place, filter } = useDesk();
  const board = useBoard();
  const { search } = place;
  const on = [search.queue, search.operator, search.from, search.to].some((value) => value !== undefined);
  const queues = useMemo(
    () => [...board.queues.values()].map(({ id, name }) => ({ value: id, label: name })),
    [board.queues],
  );
  const operators = useMemo(
    () => [...board.operators.values()].map(({ id, name }) => ({ value: id, label: name })),
    [board.operators],
  );
  return (
    <Popover position="bottom-end" width={300} trapFocus shadow="md" withRoles>
      <Popover.Target>
        <Tooltip label={t("list.filter")} openDelay={400}>
          <ActionIcon
            variant={on ? "light" : "subtle"}
            color={on ? undefined : "gray"}
            aria-label={t("list.filter")}
          >
            <IconFilter size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters} aria-label={t("list.filter")}>
        <Select
          label={t("list.queue")}
          placeholder={t("list.allQueues")}
          clearable
          searchable
          data={queues}
          value={search.queue ?? null}
          onChange={(queue) => filter({ queue })}
          comboboxProps={{ withinPortal: false }}
        />
        <Select
          label={t("list.operator")}
          placeholder={t("list.allOperators")}
          clearable
          searchable
          data={operators}
          value={search.operator ?? null}
          onChange={(operator) => filter({ operator })}
          comboboxProps={{ withinPortal: false }}
        />
        <div className={classes.dates}>
          <TextInput
            type="date"
            label={t("archive.from")}
            value={search.from ?? ""}
            max={search.to}
            onChange={(event) => filter({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t("archive.to")}
            value={search.to ?? ""}
            min={search.from}
            onChange={(event) => filter({ to: event.currentTarget.value })}
          />
        </div>
        <Button
          variant="subtle"
          size="sm"
          disabled={!on}
          onClick={() => filter({ queue: null, operator: null, from: null, to: null })}
        >
          {t("list.clearFilters")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
