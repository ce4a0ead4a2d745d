/** One of a list that has an order: its name, and the buttons that move and remove it. */
import { ActionIcon } from "@mantine/core";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconArrowDown, IconArrowUp, IconX } from "../../icons.ts";
import classes from "./Settings.module.css";

export interface MoveButtonsProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (step: 1 | -1) => void;
}

export function MoveButtons({ name, isFirst, isLast, onMove }: MoveButtonsProps) {
  const { t } = useTranslation();
  const up = useRef<HTMLButtonElement>(null);
  const down = useRef<HTMLButtonElement>(null);
  // At the end of the list the button rests, and the keyboard stays with its neighbour.
  const move = (step: 1 | -1) => {
    flushSync(() => onMove(step));
    const [pressed, other] = step === -1 ? [up, down] : [down, up];
    if (pressed.current?.disabled) other.current?.focus();
  };
  return (
    <>
      <ActionIcon
        ref={up}
        variant="subtle"
        color="gray"
        disabled={isFirst}
        aria-label={t("brandSettings.up", { name })}
        onClick={() => move(-1)}
      >
        <IconArrowUp size={16} stroke={1.75} />
      </ActionIcon>
      <ActionIcon
        ref={down}
        variant="subtle"
        color="gray"
        disabled={isLast}
        aria-label={t("brandSettings.down", { name })}
        onClick={() => move(1)}
      >
        <IconArrowDown size={16} stroke={1.75} />
      </ActionIcon>
    </>
  );
}

interface CardHeadProps extends MoveButtonsProps {
  /** What the button that removes it says. */
  removeLabel: string;
  onRemove: () => void;
}

export function CardHead({ removeLabel, onRemove, ...rest }: CardHeadProps) {
  return (
    <div className={classes.cardHead}>
      <span className={classes.itemName}>{rest.name}</span>
      <MoveButtons {...rest} />
      <ActionIcon variant="subtle" color="gray" aria-label={removeLabel} onClick={onRemove}>
        <IconX size={16} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
