/** What can be set up, in groups: queues in their order, what the brand says, templates, intake forms, rules. */
import type { SettingsSection } from "@consilium/kit/api";
import { saveBlob } from "@consilium/kit/ui";
import { Button, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconDownload, IconPlus, IconTag } from "../../icons.ts";
import { Loading, Problem } from "../../ui/Loadable.tsx";
import { CreateDialog } from "./CreateDialog.tsx";
import { addressOf, GROUPS, type Group, inGroup, type Made } from "./model.ts";
import classes from "./Settings.module.css";
import { useSettingsApi, useSettingsList } from "./useSettings.ts";

/** What is added to a group. */
const ADDED: Readonly<Partial<Record<Group, Made>>> = {
  queues: "queue",
  conclusions: "conclusion",
  forms: "questionnaire",
  rules: "rule",
};

export function SettingsListView() {
  const { t } = useTranslation();
  const { data, isError, error, refetch, isFetching } = useSettingsList();
  const [creating, setCreating] = useState<Made | null>(null);
  return (
    <div className={classes.listPane}>
      <header className={classes.listHead}>
        <h2>{t("section.settings")}</h2>
        <Export />
      </header>
      {isError && <Problem error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {data === undefined && !isError && <Loading rows={8} rowHeight={40} />}
      {data !== undefined && (
        <nav className={classes.groups} aria-label={t("section.settings")}>
          {GROUPS.map((group) => {
            const kind = ADDED[group];
            return (
              <section key={group} className={classes.group} aria-labelledby={`settings-${group}`}>
                <h3 id={`settings-${group}`}>{t(`brandSettings.group.${group}`)}</h3>
                <ul>
                  {inGroup(data.sections, group).map((section) => (
                    <Item key={section.section} section={section} />
                  ))}
                </ul>
                {group === "brand" && (
                  <CommandButton
                    id="desk.tags"
                    size="sm"
                    variant="subtle"
                    icon={<IconTag size={16} stroke={1.75} />}
                  />
                )}
                {kind !== undefined && (
                  <Button
                    size="sm"
                    variant="subtle"
                    leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
                    onClick={() => setCreating(kind)}
                  >
                    {t(`brandSettings.add.${kind}`)}
                  </Button>
                )}
              </section>
            );
          })}
        </nav>
      )}
      <CreateDialog kind={creating} choices={data?.choices ?? null} onClose={() => setCreating(null)} />
    </div>
  );
}

function Item({ section }: { section: SettingsSection }) {
  const { t } = useTranslation();
  const { place, open } = useDesk();
  const { title, kind, is_there: isThere, is_on: isOn, origin } = section;
  const marks: string[] = [];
  if (!isThere) marks.push(t("brandSettings.removed"));
  if (isThere && isOn === false) marks.push(t("brandSettings.mark.off"));
  if (origin === "set_aside") marks.push(t("brandSettings.mark.setAside"));
  if (origin === "folder_differs") marks.push(t("brandSettings.mark.folderDiffers"));
  return (
    <li>
      <UnstyledButton
        className={classes.item}
        aria-current={place.id === addressOf(section.section) ? "page" : undefined}
        data-gone={!isThere}
        onClick={() => open(addressOf(section.section))}
      >
        <span className={classes.itemName}>{title ?? t(`brandSettings.kind.${kind}`)}</span>
        {marks.length > 0 && <span className={classes.mark}>{marks.join(", ")}</span>}
      </UnstyledButton>
    </li>
  );
}

/** What holds as a file that a brand folder begins with. */
function Export() {
  const { t } = useTranslation();
  const api = useSettingsApi();
  const fetched = useMutation({
    mutationFn: () => api.exported(),
    onSuccess: ({ blob, name }) => saveBlob(blob, name),
  });
  return (
    <Button
      size="sm"
      variant="default"
      loading={fetched.isPending}
      leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
      title={t("brandSettings.exportHint")}
      onClick={() => fetched.mutate()}
    >
      {t("brandSettings.export")}
    </Button>
  );
}
