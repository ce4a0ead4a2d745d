/** The line over a list: which view it is, whether it was changed, what in it is gone, and the way to keep it. */
import type { SavedView } from "@consilium/kit/api";
import { ActionIcon, Button, CopyButton } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CommandButton } from "../../commands/CommandButton.tsx";
import { useDesk } from "../../desk/DeskContext.tsx";
import { IconBookmark, IconCheck, IconLink } from "../../icons.ts";
import { useBoard, useReadable } from "../../live/hooks.ts";
import {
  goneIn,
  isAltered,
  isMine,
  isWorthKeeping,
  queryOf,
  sectionOfView,
  type ViewQuery,
  viewAt,
} from "../../live/views.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { linkOf } from "./model.ts";
import { useChangeView } from "./useViewActions.ts";
import classes from "./Views.module.css";

export function ViewBar() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const { views } = useConsole();
  const items = useReadable(views.items);
  const loaded = useReadable(views.loaded);
  const query = useMemo(() => queryOf(place), [place]);
  const view = useMemo(() => viewAt(place, items), [place, items]);
  useWhereItIsNow();
  if (query === null) return null;
  const isLost = place.search.view !== undefined && view === null && loaded;
  if (view === null && !isLost && !isWorthKeeping(query)) return null;
  return (
    <div className={classes.bar} role="group" aria-label={t("views.bar")}>
      {isLost && <Lost />}
      {view !== null && <Open key={view.id} view={view} query={query} />}
      {view === null && !isLost && (
        <CommandButton
          id="views.save"
          className={classes.save ?? ""}
          size="compact-sm"
          variant="subtle"
          icon={<IconBookmark size={16} stroke={1.75} />}
        />
      )}
      <Gone />
    </div>
  );
}

/** An address that was kept before the view moved to another list. */
function useWhereItIsNow(): void {
  const { place, goSection } = useDesk();
  const items = useReadable(useConsole().views.items);
  const { section, search } = place;
  const view = search.view === undefined ? undefined : items.get(search.view);
  const now = view === undefined ? section : sectionOfView(view);
  useEffect(() => {
    if (now !== section && search.view !== undefined) goSection(now, { view: search.view });
  }, [now, section, search.view, goSection]);
}

/** The view of the address was removed, or is shared no more. */
function Lost() {
  const { t } = useTranslation();
  const { filter } = useDesk();
  return (
    <>
      <p className={classes.lost} role="status">
        {t("views.lost")}
      </p>
      <div className={classes.buttons}>
        <Button size="compact-sm" variant="subtle" onClick={() => filter({ view: null })}>
          {t("understood")}
        </Button>
      </div>
    </>
  );
}

/** Filters of the address that name what is not there any more: the list is empty, and here stands why. */
function Gone() {
  const { t } = useTranslation();
  const { place } = useDesk();
  const board = useBoard();
  const tags = useReadable(useConsole().tags.items);
  const gone = useMemo(() => goneIn(place.search, board, tags), [place.search, board, tags]);
  if (gone.length === 0) return null;
  return (
    <p className={classes.gone} role="status">
      {gone.map((what) => t(`views.goneIn.${what}`)).join(" ")}
    </p>
  );
}

function Open({ view, query }: { view: SavedView; query: ViewQuery }) {
  const { t } = useTranslation();
  const { place, goSection, dialog } = useDesk();
  const { me } = useConsole();
  const change = useChangeView();
  const mine = isMine(view, me.operator?.id ?? null);
  const altered = isAltered(place, view);
  const keepAs = (name: string) => dialog.set({ kind: "save-view", query, name });
  return (
    <>
      <span className={classes.open}>
        <span className={classes.name}>
          <IconBookmark size={16} stroke={1.75} aria-hidden />
          <span>{view.name}</span>
        </span>
        <span className={classes.hint}>
          {[mine ? "" : t("views.of", { name: view.owner.name }), altered ? t("views.altered") : ""]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <div className={classes.buttons}>
        {altered && mine && (
          <Button
            size="compact-sm"
            loading={change.isPending}
            onClick={() => change.mutate({ view, change: query })}
          >
            {t("views.update")}
          </Button>
        )}
        {altered && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => goSection(place.section, { view: view.id })}
          >
            {t("views.discard")}
          </Button>
        )}
        {(altered || !mine) && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => keepAs(altered ? "" : t("views.copyName", { name: view.name }))}
          >
            {t(altered ? "views.saveNew" : "views.copy")}
          </Button>
        )}
        {!altered && mine && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => dialog.set({ kind: "view", viewId: view.id })}
          >
            {t("views.edit")}
          </Button>
        )}
        {/* The link leads to the view as it is kept, not to what it was changed to. */}
        {!altered && <CopyLink link={linkOf(location.origin, place.section, view.id)} />}
      </div>
      <Refusal error={change.error} />
    </>
  );
}

function CopyLink({ link }: { link: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={link}>
      {({ copied, copy }) => {
        const words = t(copied ? "copied" : "views.link");
        const Icon = copied ? IconCheck : IconLink;
        return (
          <ActionIcon variant="subtle" color="gray" aria-label={words} title={words} onClick={copy}>
            <Icon size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        );
      }}
    </CopyButton>
  );
}
