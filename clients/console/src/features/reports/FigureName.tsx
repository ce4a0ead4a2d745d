/** The name of a figure; pressing it says what exactly is counted. */
import { Popover, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./FigureName.module.css";
import type { FigureId } from "./figures.ts";
import { nameOf } from "./words.ts";

export function FigureName({ id }: { id: FigureId }) {
  const { t } = useTranslation();
  return (
    <Popover width={300} position="bottom" shadow="md" withArrow withRoles trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.name} title={t("reports.what")}>
          {nameOf(id, t)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.about}>
        <p tabIndex={-1} data-autofocus>
          {t(`reports.figure.${id}.about`)}
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
