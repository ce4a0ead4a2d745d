/** The list of sealed consultations, with filters; or what a search of their words found, by the same filters. */
import type { ArchiveRow, ConsultationRow } from "@consilium/kit/api";
import type { TFunction } from "i18next";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useTableHandle } from "../../desk/useTableHandle.ts";
import { IconArchive } from "../../icons.ts";
import { BulkButtons } from "../../list/BulkButtons.tsx";
import { useListFilters } from "../../list/filters.ts";
import { ListBody } from "../../list/ListBody.tsx";
import { RecordRows } from "../../list/RecordRows.tsx";
import { SelectionBar } from "../../list/SelectionBar.tsx";
import { SortMenu } from "../../list/SortMenu.tsx";
import { useSelection } from "../../list/useSelection.ts";
import { useReadable } from "../../live/hooks.ts";
import { whose } from "../../live/whose.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import { ListPane } from "../../ui/ListPane.tsx";
import { Search } from "../../ui/Search.tsx";
import { useAllPages } from "../../ui/useAllPages.ts";
import { FullTextField } from "./FullTextField.tsx";
import { Hits } from "./Hits.tsx";
import { archiveQuery, isNarrowed, placeOf } from "./model.ts";
import { useArchiveFilters } from "./useArchiveFilters.ts";
import { useFullText } from "./useFullText.ts";

const PAGE = 100;
const ROW = { comfortable: 56, dense: 40 } as const;
const SORTS = ["newest", "oldest"] as const;
/** What is over is only sorted, or carried away. */
const KINDS = ["add_tag", "remove_tag", "export"] as const;

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
  const records = useMemo(() => list.items.map(({ consultation }) => consultation), [list.items]);
  const selecting = useSelection(ids, JSON.stringify([query, words]));
  const filters = useListFilters(useArchiveFilters());
  return (
    <ListPane
      title={t("section.archive")}
      total={isSearch ? { total: found.total ?? found.hits.length } : list}
      filters={filters}
      tools={<SortMenu sorts={SORTS} value={query.sort ?? "newest"} />}
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
          <SelectionBar selecting={selecting} total={list.items.length}>
            <BulkButtons kinds={KINDS} rows={records} selecting={selecting} />
          </SelectionBar>
          <RecordRows
            selecting={selecting}
            label={t("section.archive")}
            rows={list.items}
            height={ROW[density]}
            onEnd={list.more}
            current={place.id}
          >
            {(row) => ({
              end: <When at={row.sealed_at} />,
              about: aboutOf(row.consultation, t),
              counts: countsOf(row, t),
            })}
          </RecordRows>
        </ListBody>
      )}
    </ListPane>
  );
}

/** The service, who asked for somebody else, and who took part. */
function aboutOf(row: ConsultationRow, t: TFunction): string {
  const { acting } = whose(row);
  const asks = acting === null ? "" : t("persons.asks", { name: acting.name });
  const operators = row.participants.map(({ name }) => name).join(", ");
  return [row.queue.name, asks, operators].filter(Boolean).join(" · ");
}

/** How much is in it. */
function countsOf(row: ArchiveRow, t: TFunction): string {
  if (row.erased !== null) return t("archive.erased");
  const { consultation, message_count: messages, file_count: files, held } = row;
  const counts = [
    consultation.conclusion === null ? "" : t("conclusion.inList"),
    t("archive.messages", { count: messages }),
    files > 0 ? t("archive.files", { count: files }) : "",
    held ? t("archive.held") : "",
  ];
  return counts.filter(Boolean).join(", ");
}
