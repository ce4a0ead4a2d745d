/** The list of sealed consultations, with filters; or what a search of their words found, by the same filters. */
import type { ArchiveRow, ConsultationRow } from "@consilium/kit/api";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useTableHandle } from "../../desk/useTableHandle.ts";
import { IconArchive } from "../../icons.ts";
import { ListBody } from "../../list/ListBody.tsx";
import { useReadable } from "../../live/hooks.ts";
import { whose, whoseName } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { Search } from "../../ui/Search.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { VirtualList } from "../../ui/VirtualList.tsx";
import { ArchiveFilters } from "./ArchiveFilters.tsx";
import classes from "./ArchiveListView.module.css";
import { FullTextField } from "./FullTextField.tsx";
import { Hits } from "./Hits.tsx";
import { archiveQuery, isNarrowed, placeOf } from "./model.ts";
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
  const ids = useMemo(
    () => (isSearch ? found.hits.map(placeOf) : list.items.map(({ consultation }) => consultation.id)),
    [isSearch, found.hits, list.items],
  );
  useEffect(() => onOrder(ids), [ids, onOrder]);
  const filtered = isNarrowed(query);
  return (
    <ListPane
      title={t("section.archive")}
      total={isSearch ? (found.total ?? found.hits.length) : list.total}
      tools={<ArchiveFilters />}
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
