/** When, whose, and what is said to the patient, in words. */
import type { FollowUp, FollowUpMessage } from "@consilium/kit/api";
import { fullWhen, useRegion } from "@consilium/kit/brand";
import { Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconSend } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { When } from "../../ui/Elapsed.tsx";
import classes from "./FollowUps.module.css";
import { PRESETS, presetAt } from "./model.ts";

/** When its time comes, or since when it waits. */
export function DueTime({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation();
  const { is_due: isDue, due_at: at } = followUp;
  return (
    <span className={classes.time} data-due={isDue}>
      {isDue && <span className={classes.now}>{t("followUps.due")} </span>}
      <When at={at} />
    </span>
  );
}

/** What is sent to the patient, and how far it is. */
export function MessageLine({ message }: { message: FollowUpMessage }) {
  const { t } = useTranslation();
  return (
    <div className={classes.message} data-state={message.state}>
      <span className={classes.muted}>
        <IconSend size={14} stroke={1.75} aria-hidden /> {t(`followUps.message.state.${message.state}`)}
        {message.at !== null && (
          <>
            {" "}
            <When at={message.at} />
          </>
        )}
      </span>
      <p className={classes.note}>{message.text}</p>
    </div>
  );
}

/** Whose it is: oneself, a colleague, or whoever serves the queue. */
export function useOwnerWords(): (followUp: FollowUp) => string {
  const { t } = useTranslation();
  const { me } = useConsole();
  return ({ operator, queue }) => {
    if (operator === null) return t("followUps.ofQueue", { queue: queue.name });
    return operator.id === me.operator?.id ? t("followUps.mine") : operator.name;
  };
}

interface PutOffMenuProps {
  children: ReactNode;
  onChoose: (until: Date) => void;
  onOther: () => void;
}

/** The times that are offered, and another one. */
export function PutOffMenu({ children, onChoose, onOther }: PutOffMenuProps) {
  const { t } = useTranslation();
  const locale = useRegion();
  return (
    <Menu position="bottom-end" shadow="md" width={260}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {PRESETS.map((preset) => {
          const at = presetAt(preset, Date.now());
          if (at === null) return null;
          return (
            <Menu.Item key={preset} onClick={() => onChoose(at)}>
              <span className={classes.preset}>
                {t(`followUps.preset.${preset}`)}
                <span className={classes.muted}>{fullWhen(at.toISOString(), locale)}</span>
              </span>
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item onClick={onOther}>{t("followUps.otherTime")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
