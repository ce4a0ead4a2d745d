/** What a list or card shows before and instead of its content: skeleton, problem with a way on, or nothing there. */
import { EmptyState, ErrorNotice, SkeletonList } from "@consilium/kit/ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Loadable.module.css";
import { problemWords } from "./problem.ts";

export function Loading({ rows = 8, rowHeight = 48 }: { rows?: number; rowHeight?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.pad}>
      <SkeletonList rows={rows} rowHeight={rowHeight} label={t("loading")} />
    </div>
  );
}

export function Problem({
  error,
  onRetry,
  busy = false,
}: {
  error: unknown;
  onRetry: () => void;
  busy?: boolean;
}) {
  const { t } = useTranslation();
  const words = problemWords(error, t);
  return (
    <div className={classes.pad}>
      <ErrorNotice
        title={words.title}
        {...(words.text === null ? {} : { text: words.text })}
        {...(words.again ? { action: { label: t("tryAgain"), onClick: onRetry, loading: busy } } : {})}
      />
    </div>
  );
}

export function Nothing({
  icon,
  title,
  text,
  action,
}: {
  icon: ReactNode;
  title: string;
  text?: string;
  action?: { label: string; onClick: () => void };
}) {
  return (
    <div className={classes.nothing}>
      <EmptyState
        icon={icon}
        title={title}
        {...(text === undefined ? {} : { text })}
        {...(action === undefined ? {} : { action })}
      />
    </div>
  );
}
