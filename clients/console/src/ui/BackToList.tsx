/** From what is open back to its list, where a screen has no room for both. */
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconArrowLeft } from "../icons.ts";
import classes from "./BackToList.module.css";

export function BackToList() {
  const { t } = useTranslation();
  const { open } = useDesk();
  return (
    <ActionIcon
      className={classes.back}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t("back")}
      onClick={() => open(null)}
    >
      <IconArrowLeft size={20} stroke={1.75} />
    </ActionIcon>
  );
}
