/** The status at the foot of the sections: what it is, since when, and changing it. */
import type { OperatorStatus } from "@consilium/kit/api";
import { Menu, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { Keys } from "../../commands/Keys.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconChevronDown } from "../../icons.ts";
import { useLeadsSomething, useMyOperator, useReadable } from "../../live/hooks.ts";
import { reasonWords, statusWords } from "../../live/reason.ts";
import { Elapsed } from "../../ui/Elapsed.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import { CHOICES, leaves, wantsReason } from "./model.ts";
import classes from "./StatusMenu.module.css";
import { useStatus } from "./useStatus.ts";

export function StatusMenu({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { dialog, statusMenu } = useDesk();
  const opened = useReadable(statusMenu);
  const operator = useMyOperator();
  const { status, set } = useStatus();
  const leads = useLeadsSomething();
  const { shortcut } = useCommands().find("status.open");
  if (operator === null) return null;
  const reason = reasonWords(operator.status_reason, t);
  const choose = (next: OperatorStatus) => {
    if (wantsReason(next)) dialog.set({ kind: "reason", status: next });
    else if (leads && leaves(next)) dialog.set({ kind: "leave", status: next, signsOut: false });
    else void set(next);
  };
  const words = statusWords(operator, t);
  return (
    <Menu
      opened={opened}
      onChange={(next) => statusMenu.set(next)}
      position="top-start"
      width={280}
      shadow="md"
    >
      <Menu.Target>
        <UnstyledButton className={classes.button} data-compact={compact} title={words}>
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
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.label}>
            {t("status.choose")} {shortcut !== null && <Keys shortcut={shortcut} />}
          </span>
        </Menu.Label>
        <Menu.RadioGroup value={status} onChange={(next) => choose(next as OperatorStatus)}>
          {CHOICES.map((choice) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick>
              <span className={classes.choice}>
                <StatusDot status={choice} />
                <span>
                  {t(`status.${choice}`)}
                  {wantsReason(choice) ? "…" : ""}
                  <span className={classes.about}>{t(`statusAbout.${choice}`)}</span>
                </span>
              </span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
