/** A menu at a button that was there before it. */
import { At, useAfterMount } from "@consilium/kit/ui";
import { type MenuProps as MantineMenuProps, Menu } from "@mantine/core";
import type { MenuProps } from "./useMenuButton.ts";

type AnchoredMenuProps = MenuProps & Pick<MantineMenuProps, "position" | "width" | "shadow" | "children">;

export function AnchoredMenu({ anchor, opened, onChange, children, ...rest }: AnchoredMenuProps) {
  // One that was asked for while it was on its way opens as any other does: it takes the focus, and gives it back.
  const isOpen = useAfterMount(opened, false) && anchor !== null;
  return (
    <Menu {...rest} opened={isOpen} onChange={onChange}>
      <Menu.Target>
        <At anchor={anchor} />
      </Menu.Target>
      {children}
    </Menu>
  );
}
