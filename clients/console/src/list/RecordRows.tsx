/** Records of the archive as rows of two lines that lead to them, drawn as far as they are in sight. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Link } from "@tanstack/react-router";
import type { CSSProperties, ReactNode } from "react";
import { whoseName } from "../live/whose.ts";
import { VirtualList } from "../ui/VirtualList.tsx";
import classes from "./RecordRows.module.css";

/** What a row says besides whose it is. */
interface RecordWords {
  /** At the end of the first line. */
  readonly end: ReactNode;
  readonly about: string;
  /** At the end of the second. */
  readonly counts?: string;
}

interface RecordRowsProps<T> {
  label: string;
  rows: readonly T[];
  /** Unit: pixels at the base size. */
  height: number;
  /** The record that is open. */
  current: string | null;
  onEnd: () => void;
  children: (row: T) => RecordWords;
}

export function RecordRows<T extends { readonly consultation: ConsultationRow }>(props: RecordRowsProps<T>) {
  const { label, rows, height, current, onEnd, children: words } = props;
  const currentHere = rows.some(({ consultation }) => consultation.id === current);
  return (
    <div className={classes.rows} style={{ "--row-height": `${height / 16}rem` } as CSSProperties}>
      <VirtualList label={label} items={rows} rowHeight={height + 1} current={current} onEnd={onEnd}>
        {(row, index) => {
          const { id } = row.consultation;
          const { end, about, counts } = words(row);
          return (
            <Link
              key={id}
              to="/$section/{-$id}"
              params={{ section: "archive", id }}
              search={true}
              className={classes.row}
              aria-current={id === current ? "true" : undefined}
              tabIndex={id === current || (!currentHere && index === 0) ? 0 : -1}
              data-row={id}
            >
              <span className={classes.line}>
                <span className={classes.name} title={whoseName(row.consultation)}>
                  {whoseName(row.consultation)}
                </span>
                <span className={classes.end}>{end}</span>
              </span>
              <span className={classes.line}>
                <span className={classes.about}>{about}</span>
                {counts !== undefined && <span className={classes.end}>{counts}</span>}
              </span>
            </Link>
          );
        }}
      </VirtualList>
    </div>
  );
}
