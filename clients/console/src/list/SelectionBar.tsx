/** Over a list: how many rows are chosen, and what can be done with them at once. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconX } from "../icons.ts";
import classes from "./SelectionBar.module.css";
import { ROWS_MAX } from "./selection.ts";
import type { Selecting } from "./useSelection.ts";

interface SelectionBarProps {
  selecting: Selecting;
  /** Rows of the list. */
  total: number;
  children: ReactNode;
}

export function SelectionBar({ selecting, total, children }: SelectionBarProps) {
  const { t } = useTranslation();
  const count = selecting.ids.size;
  return (
    <>
      <p className="unseen" aria-live="polite">
        {count > 0 ? t("bulk.chosen", { count }) : ""}
      </p>
      {count > 0 && (
        <div
          className={classes.bar}
          role="toolbar"
          aria-label={t("bulk.label")}
          onKeyDown={selecting.onKeyDown}
        >
          <span className={classes.count}>{t("bulk.chosen", { count })}</span>
          {children}
          {count < Math.min(total, ROWS_MAX) && (
            <Button size="compact-sm" variant="subtle" onClick={selecting.all}>
              {t("bulk.all")}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconX size={14} stroke={2} aria-hidden />}
            onClick={selecting.clear}
          >
            {t("bulk.clear")}
          </Button>
          {count === ROWS_MAX && total > ROWS_MAX && (
            <span className={classes.most}>{t("bulk.most", { most: ROWS_MAX })}</span>
          )}
        </div>
      )}
    </>
  );
}
