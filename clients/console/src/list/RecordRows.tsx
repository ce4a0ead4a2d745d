/** Records of the archive as rows of two lines that lead to them, drawn as far as they are in sight. */
import type { ConsultationRow } from "@consilium/kit/api";
import { Link } from "@tanstack/react-router";
import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { whoseName } from "../live/whose.ts";
import { VirtualList } from "../ui/VirtualList.tsx";
import { PickBox } from "./PickBox.tsx";
import classes from "./RecordRows.module.css";
import type { Selecting } from "./useSelection.ts";

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
  /** Rows can be chosen, to be acted on together. */
  selecting?: Selecting;
  children: (row: T) => RecordWords;
}

export function RecordRows<T extends { readonly consultation: ConsultationRow }>(props: RecordRowsProps<T>) {
  const { label, rows, height, current, onEnd, selecting, children: words } = props;
  const { t } = useTranslation();
  const currentHere = rows.some(({ consultation }) => consultation.id === current);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys for its rows, which are links
    <div
      className={classes.rows}
      style={{ "--row-height": `${height / 16}rem` } as CSSProperties}
      onKeyDown={selecting?.onKeyDown}
    >
      <VirtualList label={label} items={rows} rowHeight={height + 1} current={current} onEnd={onEnd}>
        {(row, index) => {
          const { id } = row.consultation;
          const { end, about, counts } = words(row);
          const tabbable = id === current || (!currentHere && index === 0);
          const name = whoseName(row.consultation);
          return (
            <div key={id} className={classes.frame}>
              {selecting !== undefined && (
                <PickBox
                  label={t("bulk.choose", { name })}
                  checked={selecting.ids.has(id)}
                  tabbable={tabbable}
                  onPick={(shift) => selecting.pick(id, shift)}
                />
              )}
              <Link
                to="/$section/{-$id}"
                params={{ section: "archive", id }}
                search={true}
                className={classes.row}
                aria-current={id === current ? "true" : undefined}
                tabIndex={tabbable ? 0 : -1}
                data-row={id}
              >
                <span className={classes.line}>
                  <span className={classes.name} title={name}>
                    {name}
                  </span>
                  <span className={classes.end}>{end}</span>
                </span>
                <span className={classes.line}>
                  <span className={classes.about}>{about}</span>
                  {counts !== undefined && <span className={classes.end}>{counts}</span>}
                </span>
              </Link>
            </div>
          );
        }}
      </VirtualList>
    </div>
  );
}
