/** The two ends of a menu that comes later: what its button has, and what its part is told. */
import { useState } from "react";

/** What a menu is told by its button. */
export interface MenuProps {
  /** The button; null before it stands. */
  readonly anchor: HTMLElement | null;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

export function useMenuButton(control?: Pick<MenuProps, "opened" | "onChange">) {
  const [anchor, setAnchor] = useState<HTMLButtonElement | null>(null);
  const own = useState(false);
  const [opened, onChange] = control === undefined ? own : [control.opened, control.onChange];
  return {
    button: {
      ref: setAnchor,
      onClick: () => onChange(!opened),
      "aria-haspopup": "menu",
      "aria-expanded": opened,
    },
    menu: { anchor, opened, onChange } satisfies MenuProps,
  } as const;
}
