/** A menu of the commands of a group, at a point (right click) or below a button. */
import { useAfterMount } from "@consilium/kit/ui";
import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "./CommandsContext.tsx";
import type { CommandGroup } from "./command.ts";
import { Keys } from "./Keys.tsx";

export function CommandItems({ group, ids }: { group?: CommandGroup; ids?: readonly string[] }) {
  const { t } = useTranslation();
  const { context, run, all, find } = useCommands();
  const wanted = ids === undefined ? all.filter((command) => command.group === group) : ids.map(find);
  const chosen = wanted.filter((command) => command.isAllowed(context));
  return chosen.map((command) => (
    <Menu.Item
      key={command.id}
      onClick={() => run(command.id)}
      rightSection={command.shortcut === null ? undefined : <Keys shortcut={command.shortcut} />}
    >
      {command.id === "consultation.close"
        ? t("consultation.closeFull")
        : t(`command.${command.label(context)}`)}
    </Menu.Item>
  ));
}

export function CommandMenu({
  at,
  onClose,
  group,
}: {
  at: { x: number; y: number } | null;
  onClose: () => void;
  group: CommandGroup;
}) {
  return (
    <Menu
      opened={useAfterMount(at !== null, false)}
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      width={260}
      shadow="md"
      returnFocus
    >
      <Menu.Target>
        <span
          aria-hidden="true"
          style={{ position: "fixed", left: at?.x ?? 0, top: at?.y ?? 0, width: 1, height: 1 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItems group={group} />
      </Menu.Dropdown>
    </Menu>
  );
}
