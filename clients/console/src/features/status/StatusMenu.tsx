/** The status at the foot of the sections: what it is, since when, and changing it. */
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconChevronDown } from "../../icons.ts";
import { useMyOperator, useReadable } from "../../live/hooks.ts";
import { reasonWords, statusWords } from "../../live/reason.ts";
import { deskPart } from "../../ui/deskPart.tsx";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { useMenuButton } from "../../ui/useMenuButton.ts";
import classes from "./StatusMenu.module.css";
import { useStatus } from "./useStatus.ts";

const StatusChoices = deskPart(async () => (await import("./StatusChoices.tsx")).StatusChoices);

export function StatusMenu({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { statusMenu } = useDesk();
  const opened = useReadable(statusMenu);
  const operator = useMyOperator();
  const { status } = useStatus();
  const { button, menu } = useMenuButton({ opened, onChange: statusMenu.set.bind(statusMenu) });
  if (operator === null) return null;
  const reason = reasonWords(operator.status_reason, t);
  const words = statusWords(operator, t);
  return (
    <>
      <UnstyledButton {...button} className={classes.button} data-compact={compact} title={words}>
        <StatusDot status={status} color={operator.status_kind?.color ?? null} />
        <span className="unseen">
          {compact ? t("status.label", { status: words }) : `${t("status.choose")}: `}
        </span>
        {!compact && (
          <>
            <span className={classes.words}>
              {words}
              {reason !== null && <span className={classes.reason}> · {reason}</span>}
            </span>
            <Elapsed since={operator.status_since} className={classes.since} />
            <IconChevronDown size={16} stroke={1.75} aria-hidden />
          </>
        )}
      </UnstyledButton>
      <StatusChoices {...menu} />
    </>
  );
}
