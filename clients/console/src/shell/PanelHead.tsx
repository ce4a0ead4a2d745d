/** The line over a card that was opened from a table: who else looks at it, and away with it. */
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconX } from "../icons.ts";
import { Viewers } from "../ui/Viewers.tsx";
import classes from "./Desk.module.css";

export function PanelHead() {
  const { t } = useTranslation();
  const { open } = useDesk();
  return (
    <div className={classes.panelHead}>
      <Viewers />
      <ActionIcon variant="subtle" color="gray" aria-label={t("close")} onClick={() => open(null)}>
        <IconX size={18} stroke={1.75} />
      </ActionIcon>
    </div>
  );
}
