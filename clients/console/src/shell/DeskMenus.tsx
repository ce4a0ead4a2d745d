/** Menus of the desk itself: what belongs to it, and on a phone all that has no room in the bar. */
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CommandItems } from "../commands/CommandMenu.tsx";
import { useCommands } from "../commands/CommandsContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { useReadable, useViewCounts } from "../live/hooks.ts";
import { RECORD_SECTIONS } from "../live/sections.ts";
import { sectionOfView } from "../live/views.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { AnchoredMenu } from "../ui/AnchoredMenu.tsx";
import type { MenuProps } from "../ui/useMenuButton.ts";
import barClasses from "./BottomBar.module.css";
import classes from "./SectionsPane.module.css";

const DESK_COMMANDS = [
  "desk.settings",
  "desk.canned",
  "desk.macros",
  "desk.tags",
  "desk.views",
  "desk.shortcuts",
  "desk.theme",
  "desk.sound",
  "desk.sign-out",
];

const MORE = [
  ...RECORD_SECTIONS.map((section) => `go.${section}`),
  "status.online",
  "status.transfer_only",
  "status.away",
  "status.break",
  "status.going_off",
  "status.offline",
  "desk.settings",
  "desk.theme",
  "desk.sign-out",
];

export function DeskMenu(menu: MenuProps) {
  const { me } = useConsole();
  return (
    <AnchoredMenu {...menu} position="top-start" width={240} shadow="md">
      <Menu.Dropdown>
        <Menu.Label>{me.operator?.name ?? me.name}</Menu.Label>
        <CommandItems ids={DESK_COMMANDS} />
      </Menu.Dropdown>
    </AnchoredMenu>
  );
}

export function MoreMenu(menu: MenuProps) {
  return (
    <AnchoredMenu {...menu} position="top-end" width={280} shadow="md">
      <Menu.Dropdown className={barClasses.menu}>
        <ViewItems />
        <CommandItems ids={MORE} />
      </Menu.Dropdown>
    </AnchoredMenu>
  );
}

/** Saved views, as they stand below the sections where there is room. */
function ViewItems() {
  const { t } = useTranslation();
  const { goSection } = useDesk();
  const { context } = useCommands();
  const items = useReadable(useConsole().views.items);
  const counts = useViewCounts();
  return (
    <>
      {items.size > 0 && <Menu.Label>{t("views.title")}</Menu.Label>}
      {[...items.values()].map((view) => {
        const count = counts.get(view.id) ?? 0;
        return (
          <Menu.Item
            key={view.id}
            rightSection={count > 0 ? <span className={classes.count}>{count}</span> : undefined}
            onClick={() => goSection(sectionOfView(view), { view: view.id })}
          >
            {view.name}
          </Menu.Item>
        );
      })}
      <CommandItems ids={["views.save", "desk.views"]} />
      {(items.size > 0 || context.keepable) && <Menu.Divider />}
    </>
  );
}
