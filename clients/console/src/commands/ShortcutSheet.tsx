/** The `?` sheet: every command that has keys, by group. */
import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "./CommandsContext.tsx";
import { COMMANDS } from "./catalogue.ts";
import type { CommandGroup } from "./command.ts";
import { Keys } from "./Keys.tsx";
import classes from "./ShortcutSheet.module.css";

const GROUPS: readonly CommandGroup[] = ["consultation", "list", "go", "status", "desk"];

export function ShortcutSheet({
  opened,
  onClose,
  singleKeys,
}: {
  opened: boolean;
  onClose: () => void;
  singleKeys: boolean;
}) {
  const { t } = useTranslation();
  const { context } = useCommands();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("shortcuts.title")}
      size="xl"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      {!singleKeys && <p className={classes.off}>{t("shortcuts.off")}</p>}
      <div className={classes.groups}>
        {GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.heading}>{t(`commandGroup.${group}`)}</h3>
            <dl className={classes.list}>
              {COMMANDS.filter((command) => command.group === group && command.shortcut !== null).map(
                (command) => (
                  <div key={command.id} className={classes.line}>
                    <dt>{t(`command.${command.label(context)}`)}</dt>
                    <dd>{command.shortcut !== null && <SpokenKeys shortcut={command.shortcut} />}</dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.hint}>{t("shortcuts.hint")}</p>
    </Modal>
  );
}

function SpokenKeys({ shortcut }: Parameters<typeof Keys>[0]) {
  const { legend } = useCommands();
  const words = legend(shortcut)
    .map((chord) => chord.join(" "))
    .join(", ");
  return (
    <>
      <span className={classes.spoken}>{words}</span>
      <Keys shortcut={shortcut} />
    </>
  );
}
