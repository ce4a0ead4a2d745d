/** A pane of the desk: a named region that F6 reaches, as it does what lies over the desk and says `data-pane` of itself. */

import type { CSSProperties, ReactNode, Ref } from "react";
import { Fence } from "./Fence.tsx";

interface PaneProps {
  name: "sections" | "list" | "main" | "card";
  label: string;
  /** On a phone the list is what the page is about until something is opened. */
  main?: boolean;
  /** What it shows now: after a failure, something else is another try. */
  of?: string;
  className?: string;
  style?: CSSProperties;
  ref?: Ref<HTMLElement>;
  children: ReactNode;
}

export function Pane({
  name,
  label,
  of = label,
  main = name === "main",
  className,
  style,
  ref,
  children,
}: PaneProps) {
  // The pane that the page is about is its main landmark; the others are named regions. An element of another kind would begin anew, and lose what is typed
  // or looked for in it, so a list that a phone's page is about only says so. The main pane is out of sight meanwhile.
  const Box = name === "main" ? "main" : "section";
  return (
    <Box
      ref={ref}
      role={main && name !== "main" ? "main" : undefined}
      data-pane={name}
      aria-label={label}
      tabIndex={-1}
      className={className}
      style={style}
    >
      <Fence of={of}>{children}</Fence>
    </Box>
  );
}

/** For what lies over the desk or between its panes, as long as it has something to press. */
export function asPane(name: "call" | "offer" | "bar", isThere = true) {
  return isThere ? ({ "data-pane": name, tabIndex: -1 } as const) : {};
}

function visiblePanes(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null || pane.getClientRects().length > 0,
  );
}

/** Moves the focus to the next or previous pane, round the end. */
export function focusPane(step: 1 | -1): void {
  const panes = visiblePanes();
  if (panes.length === 0) return;
  const index = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(index + step + panes.length) % panes.length];
  next?.focus();
}

/** The pane of what is open, else of what can be opened. */
export function findShown(): HTMLElement | undefined {
  const panes = visiblePanes();
  const named = (name: PaneProps["name"]) => panes.find((pane) => pane.dataset.pane === name);
  return named("main") ?? named("list");
}

export function focusPaneNamed(name: PaneProps["name"]): void {
  visiblePanes()
    .find((pane) => pane.dataset.pane === name)
    ?.focus();
}
