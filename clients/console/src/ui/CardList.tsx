/** A folded list on a card: how many there are before anybody opens it, then a page at a time. */
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./CardList.module.css";
import { When } from "./Elapsed.tsx";
import { Loading, Problem } from "./Loadable.tsx";
import { Total } from "./Total.tsx";
import type { AllPages } from "./useAllPages.ts";

/** Rows of one page: what fits under a card's other parts. */
export const CARD_PAGE = 10;

interface CardListProps<T> {
  title: string;
  list: AllPages<T>;
  /** What stands where there is nothing. */
  nothing: string;
  /** What one has to know before or after the rows are read. */
  hint?: ReactNode;
  children: (item: T) => ReactNode;
}

/** `children` gives each row, as a list item of its own. */
export function CardList<T>({ title, list, nothing, hint, children }: CardListProps<T>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const isKnown = list.status === "success";
  return (
    <details className={classes.list} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
        {isKnown && <Total of={list} className={classes.count} />}
      </summary>
      {open && (
        <>
          {list.status === "pending" && <Loading rows={2} rowHeight={40} />}
          {list.status === "error" && (
            <Problem error={list.error} onRetry={list.refetch} busy={list.fetching} />
          )}
          {isKnown && list.items.length === 0 && <p className={classes.hint}>{nothing}</p>}
          {list.items.length > 0 && (
            <>
              {hint !== undefined && <p className={classes.hint}>{hint}</p>}
              <ul className={classes.rows} aria-label={title}>
                {list.items.map(children)}
              </ul>
              {!list.complete && (
                <Button
                  size="compact-sm"
                  variant="default"
                  mb="sm"
                  loading={list.fetching}
                  onClick={list.more}
                >
                  {t("more")}
                </Button>
              )}
            </>
          )}
        </>
      )}
    </details>
  );
}

interface CardRowProps {
  title: ReactNode;
  at: string;
  /** The second line. */
  also?: ReactNode;
  /** Where nothing is given, the row is only read. */
  onOpen?: () => void;
}

/** What a row says: what it is and when; under it how it stands, and who. */
export function CardRow({ title, at, also, onOpen }: CardRowProps) {
  const words = (
    <>
      <span className={classes.line}>
        <span>{title}</span>
        <When at={at} className={classes.quiet} />
      </span>
      {also !== undefined && <span className={classes.quiet}>{also}</span>}
    </>
  );
  if (onOpen === undefined) return <div className={classes.row}>{words}</div>;
  return (
    <button type="button" className={classes.row} onClick={onOpen}>
      {words}
    </button>
  );
}
