/** A button of a command: its words, its keys, whether it may be pressed, all from the one definition. */
import { ActionIcon, Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Hint } from "../ui/Hint.tsx";
import { useCommands } from "./CommandsContext.tsx";
import { Keys } from "./Keys.tsx";
import { ariaShortcut } from "./shortcut.ts";

export interface CommandButtonProps
  extends Pick<ButtonProps, "variant" | "color" | "size" | "fullWidth" | "className"> {
  id: string;
  icon?: ReactNode;
  loading?: boolean;
  /** Other words than the command's own: "Close for everyone". */
  label?: string;
  /** Keys beside the words; on by default. */
  showKeys?: boolean;
  /** Not shown at all when it may not be pressed; else it is shown disabled. */
  hideWhenForbidden?: boolean;
}

export function CommandButton({
  id,
  icon,
  loading,
  label,
  showKeys = true,
  hideWhenForbidden,
  ...rest
}: CommandButtonProps) {
  const { t } = useTranslation();
  const { context, platform, layout, run, find } = useCommands();
  const command = find(id);
  const allowed = command.isAllowed(context);
  if (!allowed && hideWhenForbidden === true && loading !== true) return null;
  const { shortcut } = command;
  return (
    <Button
      {...rest}
      leftSection={icon}
      rightSection={showKeys && shortcut !== null ? <Keys shortcut={shortcut} /> : undefined}
      loading={loading}
      disabled={!allowed}
      aria-keyshortcuts={shortcut === null ? undefined : ariaShortcut(shortcut, platform, layout)}
      onClick={() => run(id)}
    >
      {label ?? t(`command.${command.label(context)}`)}
    </Button>
  );
}

interface CommandIconProps {
  id: string;
  icon: ReactNode;
  size?: string;
  pressed?: boolean;
  /** Other words than the command's own. */
  label?: string;
  hideWhenForbidden?: boolean;
  /** What one most likely wants to press now. */
  filled?: boolean;
}

/** The same as an icon alone, its words in a tooltip and as the accessible name. */
export function CommandIcon({
  id,
  icon,
  size = "lg",
  pressed,
  label,
  hideWhenForbidden,
  filled = false,
}: CommandIconProps) {
  const { t } = useTranslation();
  const { context, platform, layout, run, find } = useCommands();
  const command = find(id);
  const words = label ?? t(`command.${command.label(context)}`);
  const { shortcut } = command;
  if (hideWhenForbidden === true && !command.isAllowed(context)) return null;
  return (
    <Hint
      label={
        <>
          {words} {shortcut !== null && <Keys shortcut={shortcut} />}
        </>
      }
    >
      <ActionIcon
        variant={filled ? "filled" : "subtle"}
        {...(filled ? {} : { color: "gray" })}
        size={size}
        aria-label={words}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut === null ? undefined : ariaShortcut(shortcut, platform, layout)}
        disabled={!command.isAllowed(context)}
        onClick={() => run(id)}
      >
        {icon}
      </ActionIcon>
    </Hint>
  );
}
