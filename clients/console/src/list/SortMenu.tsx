/** The order of a list, which stands in its address; the usual one leaves it. */
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconArrowsSort } from "../icons.ts";

interface SortMenuProps {
  /** The usual one first; their words are `sort.<name>`. */
  sorts: readonly string[];
  value: string;
}

export function SortMenu({ sorts, value }: SortMenuProps) {
  const { t } = useTranslation();
  const { filter } = useDesk();
  const isUsual = value === sorts[0];
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Tooltip label={t("list.sort")} openDelay={400}>
          <ActionIcon
            variant={isUsual ? "subtle" : "light"}
            color={isUsual ? "gray" : undefined}
            aria-label={t("list.sort")}
          >
            <IconArrowsSort size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={value} onChange={(sort) => filter({ sort: sort === sorts[0] ? null : sort })}>
          {sorts.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} closeMenuOnClick>
              {t(`sort.${sort}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
