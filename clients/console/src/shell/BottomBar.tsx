/** On a phone the sections lie at the thumb: four live ones, and the rest behind "More". */
import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAttention } from "../attention/AttentionContext.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconMenu2 } from "../icons.ts";
import { useCounts, useMyOperator } from "../live/hooks.ts";
import { isQueueSection, type Section } from "../live/sections.ts";
import { at } from "../router/usePlace.ts";
import { deskPart } from "../ui/deskPart.tsx";
import { StatusDot } from "../ui/StatusDot.tsx";
import { useMenuButton } from "../ui/useMenuButton.ts";
import classes from "./BottomBar.module.css";
import { SECTION_ICONS } from "./section-icons.ts";

const IN_BAR: readonly Section[] = ["waiting", "mine", "active", "on-hold"];
const MoreMenu = deskPart(async () => (await import("./DeskMenus.tsx")).MoreMenu);

export function BottomBar() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const counts = useCounts();
  const { attention } = useAttention();
  const status = useMyOperator()?.status ?? "offline";
  const { button, menu } = useMenuButton();
  const elsewhere = !IN_BAR.includes(place.section);
  return (
    <nav className={classes.bar} aria-label={t("pane.sections")}>
      {IN_BAR.map((section) => {
        const Icon = SECTION_ICONS[section];
        const count = isQueueSection(section) ? counts[section] : 0;
        const calls =
          (section === "waiting" && attention.waiting.size > 0) ||
          (section === "mine" && attention.mine.size > 0);
        return (
          <Link
            key={section}
            to="/$section/{-$id}"
            params={at(section, null)}
            search={{}}
            className={classes.item}
            aria-current={place.section === section ? "page" : undefined}
            data-calls={calls}
          >
            <span className={classes.icon}>
              <Icon size={22} stroke={1.75} aria-hidden />
              {count > 0 && <span className={classes.count}>{count > 99 ? "99+" : count}</span>}
            </span>
            {t(`sectionShort.${section}`)}
          </Link>
        );
      })}
      <UnstyledButton {...button} className={classes.item} aria-current={elsewhere ? "page" : undefined}>
        <span className={classes.icon}>
          <IconMenu2 size={22} stroke={1.75} aria-hidden />
          <span className={classes.dot}>
            <StatusDot status={status} />
          </span>
        </span>
        {t("more")}
      </UnstyledButton>
      <MoreMenu {...menu} />
    </nav>
  );
}
