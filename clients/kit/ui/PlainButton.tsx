/** A button of what is shown before anything else has come: Mantine's would double what a first screen loads. */
import type { ReactNode } from "react";
import { useDensity } from "./density.tsx";
import css from "./PlainButton.module.css";

export interface PlainButtonProps {
  children: ReactNode;
  onClick: () => void;
  /** It is being done: a second press does nothing. */
  busy?: boolean;
  /** `filled`: the one thing to do here. */
  variant?: "filled" | "default";
  className?: string | undefined;
}

export function PlainButton(props: PlainButtonProps) {
  const { children, onClick, busy = false, variant = "default", className } = props;
  return (
    <button
      type="button"
      className={`${css.button} ${className ?? ""}`}
      data-density={useDensity()}
      data-variant={variant}
      aria-busy={busy}
      onClick={() => !busy && onClick()}
    >
      {children}
    </button>
  );
}
