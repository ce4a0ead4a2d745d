/** What a list can be ordered by. */
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { AnchoredMenu } from "../ui/AnchoredMenu.tsx";
import type { MenuProps } from "../ui/useMenuButton.ts";

export interface SortChoicesProps extends MenuProps {
  sorts: readonly string[];
  value: string;
}

export function SortChoices({ sorts, value, ...menu }: SortChoicesProps) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  return (
    <AnchoredMenu {...menu} position="bottom-end" width={240}>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={(sort) => filter({ sort: sort === sorts[0] ? null : sort })}>
          {sorts.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} closeMenuOnClick>
              {t(`sort.${sort}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </AnchoredMenu>
  );
}
