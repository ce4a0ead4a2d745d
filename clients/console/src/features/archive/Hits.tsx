/** What a search of the archive's full text found: each conversation or call-back with the words around its hits. */
import type { ArchiveHit, ArchiveSnippet } from "@consilium/kit/api";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { IconSearch } from "../../icons.ts";
import { whoseName } from "../../live/whose.ts";
import { When } from "../../ui/Elapsed.tsx";
import { Loading, Nothing, Problem } from "../../ui/Loadable.tsx";
import classes from "./Hits.module.css";
import { placeOf } from "./model.ts";
import type { FullText } from "./useFullText.ts";

interface HitsProps {
  found: FullText;
  /** The record that is open. */
  current: string | null;
  onClear: () => void;
}

export function Hits({ found, current, onClear }: HitsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.found}>
      <p role="status" className={classes.told}>
        {found.status === "success" && toldOf(found, t)}
      </p>
      <Found found={found} current={current} onClear={onClear} />
    </div>
  );
}

/** How many, and whether some cannot be found yet. */
function toldOf({ hits, total, toIndex }: FullText, t: TFunction): string {
  const count =
    total === null
      ? t("archive.text.foundSome", { count: hits.length })
      : t("archive.text.found", { count: total });
  return toIndex === 0 ? count : `${count}. ${t("archive.text.toIndex", { count: toIndex })}`;
}

function Found({ found, current, onClear }: HitsProps) {
  const { t } = useTranslation();
  const icon = <IconSearch size={32} stroke={1.5} />;
  const clear = { label: t("archive.text.clear"), onClick: onClear };
  if (found.refused)
    return (
      <Nothing
        icon={icon}
        title={t("archive.text.refusedTitle")}
        text={t("archive.text.refusedText")}
        action={clear}
      />
    );
  if (found.status === "pending") return <Loading rows={5} rowHeight={96} />;
  if (found.status === "error" && found.hits.length === 0)
    return <Problem error={found.error} onRetry={found.again} busy={found.fetching} />;
  if (found.hits.length === 0 && found.hasMore)
    return (
      <Nothing
        icon={icon}
        title={t("archive.text.notYetTitle")}
        text={t("archive.text.notYetText")}
        action={{ label: t("archive.text.further"), onClick: found.more }}
      />
    );
  if (found.hits.length === 0)
    return (
      <Nothing
        icon={icon}
        title={t("archive.text.nothingTitle")}
        text={t("archive.text.nothingText")}
        action={clear}
      />
    );
  return (
    <section className={classes.rows} aria-label={t("archive.text.results")}>
      <ul className={classes.list}>
        {found.hits.map((hit) => (
          <li key={placeOf(hit)}>
            <Row hit={hit} current={current} />
          </li>
        ))}
      </ul>
      {found.hasMore && (
        <Button
          className={classes.more}
          variant="subtle"
          size="sm"
          loading={found.fetching}
          onClick={found.more}
        >
          {t("archive.text.further")}
        </Button>
      )}
    </section>
  );
}

/** Whose it is, and what else tells it from others. */
function wordsOf(hit: ArchiveHit, t: TFunction): { name: string; about: readonly string[] } {
  if ("callback" in hit) {
    const { name, queue, operator } = hit.callback;
    return { name, about: [t("callbacks.card"), queue.name, operator?.name ?? ""] };
  }
  const { consultation } = hit;
  const operators = consultation.participants.map(({ name }) => name).join(", ");
  return { name: whoseName(consultation), about: [consultation.queue.name, operators] };
}

function Row({ hit, current }: { hit: ArchiveHit; current: string | null }) {
  const { t } = useTranslation();
  const { sealed_at, snippets } = hit;
  const id = placeOf(hit);
  const { name, about } = wordsOf(hit, t);
  return (
    <Link
      to="/$section/{-$id}"
      params={{ section: "archive", id }}
      search={true}
      className={classes.row}
      aria-current={id === current ? "true" : undefined}
      data-row={id}
    >
      <span className={classes.line}>
        <span className={classes.name}>{name}</span>
        <When at={sealed_at} className={classes.muted} />
      </span>
      <span className={classes.muted}>{about.filter(Boolean).join(" · ")}</span>
      {snippets.map((snippet, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the snippets of a hit never change
        <Snippet key={index} snippet={snippet} />
      ))}
    </Link>
  );
}

function Snippet({ snippet }: { snippet: ArchiveSnippet }) {
  const { t } = useTranslation();
  const from = [t(`archive.text.source.${snippet.source}`), snippet.by].filter(Boolean).join(", ");
  return (
    <span className={classes.snippet}>
      <span className={classes.muted}>{from}: </span>
      {snippet.parts.map((part, index) =>
        part.hit ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a snippet never change
          <mark key={index} className={classes.hit}>
            {part.text}
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a snippet never change
          <span key={index}>{part.text}</span>
        ),
      )}
    </span>
  );
}
