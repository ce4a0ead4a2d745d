/** All files of all conversations, and the conclusions: found by name and date, opened, kept on this device. */
import { monthOf, useFormats, useRegion } from "@consilium/kit/brand";
import type { Files } from "@consilium/kit/matrix";
import {
  ChoiceGroup,
  DateField,
  EmptyState,
  ErrorNotice,
  PhotoFrame,
  PlainButton,
  SkeletonList,
} from "@consilium/kit/ui";
import { IconFolder, IconSearch } from "@consilium/kit/ui/icons";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { WindowVirtualizer } from "virtua";
import { useSignedIn } from "../../app/session.tsx";
import { ConclusionRow } from "./ConclusionRow.tsx";
import { DocumentRow } from "./DocumentRow.tsx";
import css from "./DocumentsView.module.css";
import { ALL, type FoundDocument, type Line, SELF } from "./model.ts";
import { type DocumentsScreen, useDocuments } from "./useDocuments.ts";

export function DocumentsView() {
  const { t } = useTranslation();
  const screen = useDocuments();
  const { engine } = useSignedIn();
  const { documents, snapshot, isShut } = screen;
  const isEmpty = screen.count === 0;
  const isDrawn = !isEmpty && documents !== null;
  // Where the client could not be opened at all, the frame says so.
  const isOpening =
    documents === null
      ? engine.status !== "failed" && !isShut
      : snapshot.status === "opening" || screen.conclusions === "loading";
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t("documents.title")}</h1>
      {!isDrawn && isOpening && <SkeletonList rows={4} rowHeight={96} label={t("documents.loading")} />}
      {isShut && (
        <ErrorNotice
          title={t("documents.failed")}
          text={t("documents.failedText")}
          action={{ label: t("home.again"), onClick: screen.openAgain }}
        />
      )}
      {screen.conclusions === "failed" && (
        <ErrorNotice
          title={t("documents.conclusionsFailed")}
          text={t("documents.conclusionsFailedText")}
          action={{ label: t("home.again"), onClick: screen.loadConclusions }}
        />
      )}
      {isDrawn && <Search screen={screen} />}
      {documents !== null && <Progress screen={screen} />}
      {isEmpty && isWhole(screen) && (
        <EmptyState
          icon={<IconFolder size={32} stroke={1.5} />}
          title={t("documents.empty")}
          text={t("documents.emptyText")}
        />
      )}
      {isDrawn && screen.lines.length === 0 && (
        <EmptyState
          icon={<IconSearch size={32} stroke={1.5} />}
          title={t("documents.nothing")}
          text={t("documents.nothingText")}
          action={{ label: t("documents.showAll"), onClick: screen.showAll }}
        />
      )}
      {isDrawn && <List screen={screen} />}
    </div>
  );
}

/** Nothing is on its way any more, and nothing is missing. */
function isWhole({ documents, snapshot, conclusions }: DocumentsScreen): boolean {
  return (
    documents !== null &&
    snapshot.status === "complete" &&
    snapshot.unreadable === 0 &&
    conclusions === "known"
  );
}

function Search({ screen }: { screen: DocumentsScreen }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { query, setQuery, period, setPeriod, shown, setShown, kept, keptBytes, documents } = screen;
  const { persons, whose, setWhose, kind, setKind } = screen;
  const [byDate, setByDate] = useState(false);
  return (
    <search className={css.search}>
      <TextInput
        type="search"
        label={t("documents.search")}
        description={t("documents.searchHint")}
        leftSection={<IconSearch size={22} stroke={1.75} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      {persons.length > 0 && (
        <ChoiceGroup
          label={t("documents.whose")}
          labelVisible={false}
          value={whose}
          onChange={setWhose}
          choices={[
            { value: ALL, label: t("persons.whoseAll") },
            { value: SELF, label: t("persons.whoseMine") },
            ...persons.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {screen.hasBothKinds && (
        <ChoiceGroup
          label={t("documents.kind")}
          labelVisible={false}
          value={kind}
          onChange={setKind}
          choices={[
            { value: "all", label: t("documents.kindAll") },
            { value: "conclusion", label: t("documents.kindConclusion") },
            { value: "file", label: t("documents.kindFile") },
          ]}
        />
      )}
      <div className={css.filters}>
        <PlainButton
          onClick={() => {
            if (byDate) setPeriod({ from: "", to: "" });
            setByDate(!byDate);
          }}
        >
          {t(byDate ? "documents.anyDate" : "documents.byDate")}
        </PlainButton>
        {(kept.size > 0 || shown === "kept") && (
          <PlainButton onClick={() => setShown(shown === "kept" ? "all" : "kept")}>
            {t(shown === "kept" ? "documents.showAll" : "documents.showKept")}
          </PlainButton>
        )}
      </div>
      {byDate && (
        <div className={css.dates}>
          <DateField
            label={t("documents.from")}
            value={period.from}
            onChange={(from) => setPeriod({ ...period, from })}
          />
          <DateField
            label={t("documents.to")}
            value={period.to}
            onChange={(to) => setPeriod({ ...period, to })}
          />
        </div>
      )}
      {kept.size > 0 && (
        <p className={css.kept}>
          <span>{t("documents.keptSum", { count: kept.size, size: formats.fileSize(keptBytes) })}</span>
          {shown === "kept" && (
            <button type="button" className={css.textButton} onClick={() => void documents?.letGoAll()}>
              {t("documents.letGoAll")}
            </button>
          )}
        </p>
      )}
    </search>
  );
}

/** What is still being looked through, and what cannot be read yet. Silent once everything is there. */
function Progress({ screen }: { screen: DocumentsScreen }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { documents, snapshot, part } = screen;
  const { status, reachedAt, unreadable } = snapshot;
  if (status === "collecting" || status === "paused") {
    const line = reachedAt === null ? "" : t("documents.reached", { day: formats.day(reachedAt) });
    return (
      <div className={css.progress}>
        <p>
          {t(`documents.${status}`)} {line}
        </p>
        {status === "collecting" && (
          <progress
            className={css.bar}
            aria-label={t("documents.collecting")}
            max={1}
            {...(part === null ? {} : { value: part })}
          />
        )}
      </div>
    );
  }
  if (status !== "complete" || unreadable === 0) return null;
  return (
    <ErrorNotice
      tone="info"
      title={t("documents.unreadable")}
      text={t("documents.unreadableText")}
      action={{ label: t("documents.askAgain"), onClick: () => void documents?.requestHistory() }}
    />
  );
}

function List({ screen }: { screen: DocumentsScreen }) {
  const region = useRegion();
  const { engine, documents, lines } = screen;
  if (engine === null || documents === null) return null;
  return (
    <PhotoFrame files={engine.files}>
      <WindowVirtualizer>
        {lines.map((line) =>
          line.kind === "month" ? (
            <h2 key={line.key} className={css.month}>
              {monthOf(line.month, region)}
            </h2>
          ) : (
            <Row key={line.key} screen={screen} line={line} files={engine.files} />
          ),
        )}
      </WindowVirtualizer>
    </PhotoFrame>
  );
}

interface RowProps {
  screen: DocumentsScreen;
  line: Line & { kind: "document" };
  files: Files;
}

function Row({ screen, line, files }: RowProps) {
  const { found, startsMonth, endsMonth } = line;
  const row = { startsMonth, endsMonth, ...keepingOf(screen, found) };
  return found.kind === "conclusion" ? (
    <ConclusionRow found={found} pdf={screen.pdf} {...row} />
  ) : (
    <DocumentRow found={found} files={files} {...row} />
  );
}

function keepingOf({ kept, keeping, keep, documents }: DocumentsScreen, found: FoundDocument) {
  return {
    keptBytes: kept.get(found.id) ?? null,
    keeping: keeping.get(found.id) ?? null,
    onKeep: () => keep(found),
    onLetGo: () => void documents?.letGo(found.id),
  };
}
