/** What the own status can be changed to. */
import type { OperatorStatus } from "@consilium/kit/api";
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "../../commands/CommandsContext.tsx";
import { Keys } from "../../commands/Keys.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { useLeadsSomething, useMyOperator } from "../../live/hooks.ts";
import { AnchoredMenu } from "../../ui/AnchoredMenu.tsx";
import { DutySentence } from "../../ui/Duty.tsx";
import { StatusDot } from "../../ui/StatusDot.tsx";
import type { MenuProps } from "../../ui/useMenuButton.ts";
import { CHOICES, leaves, wantsReason } from "./model.ts";
import classes from "./StatusMenu.module.css";
import { useStatus } from "./useStatus.ts";

export function StatusChoices(menu: MenuProps) {
  const { t } = useTranslation();
  const { dialog } = useDesk();
  const { status, set } = useStatus();
  const leads = useLeadsSomething();
  const duty = useMyOperator()?.duty ?? null;
  const { shortcut } = useCommands().find("status.open");
  const choose = (next: OperatorStatus) => {
    if (wantsReason(next)) dialog.set({ kind: "reason", status: next });
    else if (leads && leaves(next)) dialog.set({ kind: "leave", status: next, signsOut: false });
    else void set(next);
  };
  return (
    <AnchoredMenu {...menu} position="top-start" width={280} shadow="md">
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.label}>
            {t("status.choose")} {shortcut !== null && <Keys shortcut={shortcut} />}
          </span>
          {duty !== null && (
            <span className={classes.about}>
              <DutySentence times={duty} />
            </span>
          )}
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
    </AnchoredMenu>
  );
}
