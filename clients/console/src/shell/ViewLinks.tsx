/** Saved views below the sections, in the operator's order: each with its count where its list is live. */
import type { SavedView } from "@consilium/kit/api";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconUsersGroup } from "../icons.ts";
import { useReadable, useViewCounts } from "../live/hooks.ts";
import { isMine, sectionOfView } from "../live/views.ts";
import { at } from "../router/usePlace.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { Hint } from "../ui/Hint.tsx";
import classes from "./SectionsPane.module.css";
import { SECTION_ICONS } from "./section-icons.ts";

export function ViewLinks({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const items = useReadable(useConsole().views.items);
  const counts = useViewCounts();
  if (items.size === 0) return null;
  return (
    <ul aria-label={t("views.title")}>
      {[...items.values()].map((view) => (
        <ViewLink key={view.id} view={view} count={counts.get(view.id) ?? null} compact={compact} />
      ))}
    </ul>
  );
}

function ViewLink({ view, count, compact }: { view: SavedView; count: number | null; compact: boolean }) {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { place } = useDesk();
  const section = sectionOfView(view);
  const Icon = SECTION_ICONS[section];
  const isOpen = place.section === section && place.search.view === view.id;
  const words = count === null ? view.name : t("pane.sectionCount", { section: view.name, count });
  const ofColleague = !isMine(view, me.operator?.id ?? null);
  const link = (
    <Link
      to="/$section/{-$id}"
      params={at(section, null)}
      search={{ view: view.id }}
      className={classes.link}
      data-compact={compact}
      aria-current={isOpen ? "page" : undefined}
      aria-label={compact ? words : undefined}
      title={compact ? undefined : t(`section.${section}`)}
    >
      <Icon size={20} stroke={1.75} aria-hidden />
      {!compact && <span className={classes.viewName}>{view.name}</span>}
      {!compact && ofColleague && (
        <>
          <IconUsersGroup size={16} stroke={1.75} aria-hidden />
          <span className="unseen">{t("views.of", { name: view.owner.name })}</span>
        </>
      )}
      {count !== null && count > 0 && <span className={classes.count}>{count > 999 ? "999+" : count}</span>}
    </Link>
  );
  return (
    <li>
      {compact ? (
        <Hint label={view.name} position="right" delay={300}>
          {link}
        </Hint>
      ) : (
        link
      )}
    </li>
  );
}
