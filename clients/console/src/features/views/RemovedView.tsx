/** A view that was just removed: five seconds to take it back by one press. */
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconArrowBackUp } from "../../icons.ts";
import { UNDO_MS } from "../../live/actions.ts";
import { useReadable } from "../../live/hooks.ts";
import { problemWords } from "../../ui/problem.ts";
import { useTakeBackView } from "./useViewActions.ts";
import classes from "./Views.module.css";

export function RemovedView() {
  const { t } = useTranslation();
  const { removedView } = useDesk();
  const removed = useReadable(removedView);
  const back = useTakeBackView();
  const { reset, isPending, error } = back;
  useEffect(() => {
    if (removed === null || isPending || error !== null) return;
    const timer = setTimeout(() => removedView.set(null), UNDO_MS);
    return () => clearTimeout(timer);
  }, [removed, removedView, isPending, error]);
  useEffect(() => {
    if (removed === null) reset();
  }, [removed, reset]);
  return (
    <div className={classes.bars} role="status">
      {removed !== null && (
        <div className={classes.removed}>
          <span>
            {error === null ? t("views.removed", { name: removed.name }) : problemWords(error, t).title}
          </span>
          <Button
            size="compact-md"
            leftSection={<IconArrowBackUp size={16} stroke={2} aria-hidden />}
            loading={isPending}
            onClick={() => (error === null ? back.mutate(removed) : removedView.set(null))}
          >
            {t(error === null ? "command.undo" : "understood")}
          </Button>
        </div>
      )}
    </div>
  );
}
