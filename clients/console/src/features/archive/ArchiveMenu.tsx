/** What can be done with a sealed consultation besides reading it here. */
import { saveBlob } from "@consilium/kit/ui";
import { ActionIcon, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { IconDots, IconDownload } from "../../icons.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import classes from "./ArchiveRecordView.module.css";

export function ArchiveMenu({ id }: { id: string }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const exporting = useMutation({
    mutationFn: async () => {
      const { blob, name } = await api.consultationFhir(id);
      saveBlob(blob, name);
    },
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.more}
            variant="subtle"
            color="gray"
            size="lg"
            loading={exporting.isPending}
            aria-label={t("more")}
          >
            <IconDots size={20} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconDownload size={16} stroke={1.75} />}
            onClick={() => exporting.mutate()}
          >
            {t("archive.exportFhir")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <p role="status" className={classes.exported}>
        {exporting.isSuccess && t("archive.exported")}
      </p>
      <Refusal error={exporting.error} />
    </>
  );
}
