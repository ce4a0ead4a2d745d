/** Keeps what was typed and not saved from being lost by a click: elsewhere in the console by a question, out of the page by the browser's. */
import { Button, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./Settings.module.css";

export function LeaveGuard({ isChanged }: { isChanged: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  return (
    <Modal opened={status === "blocked"} onClose={() => reset?.()} title={t("brandSettings.leaveTitle")}>
      <p className={classes.question}>{t("brandSettings.leaveText")}</p>
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={() => reset?.()}>
          {t("brandSettings.stay")}
        </Button>
        <Button color="red" onClick={() => proceed?.()}>
          {t("brandSettings.leave")}
        </Button>
      </div>
    </Modal>
  );
}
