/** The time after a call in which the desk offers nobody: how long yet, and that one is ready already. */
import { useTranslation } from "react-i18next";
import { CommandButton, CommandIcon } from "../../commands/CommandButton.tsx";
import { IconCheck } from "../../icons.ts";
import { useMyOperator, useNow } from "../../live/hooks.ts";
import { wrapUpSeconds } from "./model.ts";
import classes from "./WrapUp.module.css";

export function WrapUp({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const now = useNow();
  const left = wrapUpSeconds(useMyOperator()?.wrap_up_until ?? null, now);
  if (left === 0) return null;
  if (compact) return <CommandIcon id="status.ready" icon={<IconCheck size={18} stroke={1.75} />} />;
  return (
    <div className={classes.strip}>
      <span className={classes.words}>
        {t("wrapUp.title")}{" "}
        <span className={classes.left} role="timer" aria-label={t("wrapUp.left", { count: left })}>
          {left}
        </span>
      </span>
      <CommandButton id="status.ready" label={t("wrapUp.ready")} size="compact-sm" variant="default" />
    </div>
  );
}
