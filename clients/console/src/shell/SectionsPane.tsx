/** The first pane: brand, sections with counts, own status, what belongs to the desk itself. */
import { useBrand, useLogo } from "@consilium/kit/brand";
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAttention } from "../attention/AttentionContext.tsx";
import { useCommands } from "../commands/CommandsContext.tsx";
import { Keys } from "../commands/Keys.tsx";
import { useDesk } from "../desk/DeskContext.tsx";
import { StatusMenu, WrapUp } from "../features/status/index.ts";
import { IconSearch, IconSettings } from "../icons.ts";
import { useDueFollowUps } from "../live/follow-ups.ts";
import { useCallbackCounts, useCounts, useReadable } from "../live/hooks.ts";
import {
  isQueueSection,
  QUEUE_SECTIONS,
  RECORD_SECTIONS,
  type Section,
  sectionAllowed,
} from "../live/sections.ts";
import { viewAt } from "../live/views.ts";
import { at } from "../router/usePlace.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { deskPart } from "../ui/deskPart.tsx";
import { Hint } from "../ui/Hint.tsx";
import { Pane } from "../ui/Pane.tsx";
import { useMenuButton } from "../ui/useMenuButton.ts";
import classes from "./SectionsPane.module.css";
import { SECTION_ICONS } from "./section-icons.ts";
import { ViewLinks } from "./ViewLinks.tsx";

const DeskMenu = deskPart(async () => (await import("./DeskMenus.tsx")).DeskMenu);

export function SectionsPane() {
  const { t } = useTranslation();
  const { me } = useConsole();
  const compact =
    useMediaQuery("(max-width: 79.99em)", undefined, { getInitialValueInEffect: false }) ?? false;
  const role = me.role === "supervisor" ? "supervisor" : "operator";
  return (
    <Pane name="sections" label={t("pane.sections")} className={classes.pane}>
      <Brand compact={compact} />
      <PaletteButton compact={compact} />
      <nav className={classes.nav} aria-label={t("pane.sections")}>
        <ul>
          {QUEUE_SECTIONS.map((section) => (
            <SectionLink key={section} section={section} compact={compact} />
          ))}
        </ul>
        <ul>
          {RECORD_SECTIONS.filter((section) => sectionAllowed(section, role)).map((section) => (
            <SectionLink key={section} section={section} compact={compact} />
          ))}
        </ul>
        <ViewLinks compact={compact} />
      </nav>
      <div className={classes.foot}>
        <WrapUp compact={compact} />
        <StatusMenu compact={compact} />
        <Me compact={compact} />
      </div>
    </Pane>
  );
}

function Brand({ compact }: { compact: boolean }) {
  const brand = useBrand();
  const logo = useLogo();
  if (compact) return <img className={classes.icon} src={brand.icon_url} alt={brand.name} />;
  return <img className={classes.logo} src={logo} alt={brand.name} />;
}

function PaletteButton({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { run, find } = useCommands();
  const { shortcut } = find("desk.palette");
  return (
    <UnstyledButton
      className={classes.palette}
      data-compact={compact}
      onClick={() => run("desk.palette")}
      aria-label={compact ? t("command.palette") : undefined}
      title={compact ? t("command.palette") : undefined}
    >
      <IconSearch size={18} stroke={1.75} aria-hidden />
      {!compact && (
        <>
          <span className={classes.paletteWords}>{t("palette.button")}</span>
          {shortcut !== null && <Keys shortcut={shortcut} />}
        </>
      )}
    </UnstyledButton>
  );
}

function SectionLink({ section, compact }: { section: Section; compact: boolean }) {
  const { t } = useTranslation();
  const { place } = useDesk();
  const inView = viewAt(place, useReadable(useConsole().views.items)) !== null;
  const counts = useCounts();
  const { attention } = useAttention();
  const Icon = SECTION_ICONS[section];
  const callbacks = useCallbackCounts();
  const followUps = useDueFollowUps().total;
  const count = isQueueSection(section)
    ? counts[section]
    : section === "callbacks"
      ? callbacks.count
      : section === "follow-ups"
        ? followUps
        : null;
  const late = section === "callbacks" ? callbacks.overdue : 0;
  const calls =
    (section === "waiting" && attention.waiting.size > 0) ||
    (section === "mine" && attention.mine.size > 0) ||
    (section === "callbacks" && attention.overdue.size > 0) ||
    (section === "follow-ups" && attention.due.size > 0);
  const words = t(`section.${section}`);
  const link = (
    <Link
      to="/$section/{-$id}"
      params={at(section, null)}
      search={{}}
      className={classes.link}
      data-compact={compact}
      data-calls={calls}
      aria-current={place.section === section && !inView ? "page" : undefined}
      aria-label={
        compact ? (count === null ? words : t("pane.sectionCount", { section: words, count })) : undefined
      }
    >
      <Icon size={20} stroke={1.75} aria-hidden />
      {!compact && <span className={classes.words}>{words}</span>}
      {count !== null && count > 0 && <span className={classes.count}>{count > 999 ? "999+" : count}</span>}
      {late > 0 && (
        <span className={classes.late} title={t("callbacks.overdueCount", { count: late })}>
          <span aria-hidden>{late}</span>
          <span className="unseen">{t("callbacks.overdueCount", { count: late })}</span>
        </span>
      )}
    </Link>
  );
  return (
    <li>
      {compact ? (
        <Hint label={words} position="right" delay={300}>
          {link}
        </Hint>
      ) : (
        link
      )}
    </li>
  );
}

function Me({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { button, menu } = useMenuButton();
  return (
    <div className={classes.me} data-compact={compact}>
      {!compact && (
        <span className={classes.meName} title={me.user_id}>
          {me.operator?.name ?? me.name}
        </span>
      )}
      <ActionIcon {...button} variant="subtle" color="gray" size="lg" aria-label={t("pane.desk")}>
        <IconSettings size={20} stroke={1.75} />
      </ActionIcon>
      <DeskMenu {...menu} />
    </div>
  );
}
