/** The order of a list, which stands in its address; the usual one leaves it. */
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconArrowsSort } from "../icons.ts";
import { deskPart } from "../ui/deskPart.tsx";
import { Hint } from "../ui/Hint.tsx";
import { useMenuButton } from "../ui/useMenuButton.ts";

interface SortMenuProps {
  /** The usual one first; their words are `sort.<name>`. */
  sorts: readonly string[];
  value: string;
}

const SortChoices = deskPart(async () => (await import("./SortChoices.tsx")).SortChoices);

export function SortMenu({ sorts, value }: SortMenuProps) {
  const { t } = useTranslation();
  const { button, menu } = useMenuButton();
  const isUsual = value === sorts[0];
  return (
    <>
      <Hint label={t("list.sort")}>
        <ActionIcon
          {...button}
          variant={isUsual ? "subtle" : "light"}
          color={isUsual ? "gray" : undefined}
          aria-label={t("list.sort")}
        >
          <IconArrowsSort size={18} stroke={1.75} />
        </ActionIcon>
      </Hint>
      <SortChoices {...menu} sorts={sorts} value={value} />
    </>
  );
}
