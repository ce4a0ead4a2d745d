/** Ctrl-K: every command that is allowed now, macros, and the open consultations by the patient's name. */
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
  useSpotlight,
} from "@mantine/spotlight";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../desk/DeskContext.tsx";
import { IconBolt, IconBookmark, IconSearch, IconUser } from "../icons.ts";
import { useBoard, useReadable, useRow } from "../live/hooks.ts";
import { doingsOf, macrosFor } from "../live/macros.ts";
import { sectionOf } from "../live/sections.ts";
import { sectionOfView } from "../live/views.ts";
import { whoseName } from "../live/whose.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import { useCommands } from "./CommandsContext.tsx";
import { Keys } from "./Keys.tsx";
import { mayRunMacros } from "./on-target.ts";
import { chooseMarked, markFirstFound, paletteStore, typedBefore } from "./palette-store.ts";
import { useTypedAhead } from "./useTypedAhead.ts";
import { NUMBERED } from "./views.ts";

/** Commands that make no sense to choose from a list of words. */
const NOT_HERE: ReadonlySet<string> = new Set([
  "desk.palette",
  "desk.leave-text",
  "list.next",
  "list.previous",
  "desk.next-pane",
  "desk.previous-pane",
  "call.talk",
  // By their names instead.
  ...NUMBERED.map((number) => `go.view.${number}`),
]);
const CONSULTATIONS_MAX = 200;

function useCommandActions(): SpotlightActionGroupData[] {
  const { t } = useTranslation();
  const { context, run, all } = useCommands();
  return useMemo(() => {
    const groups = new Map<string, SpotlightActionData[]>();
    for (const command of all) {
      if (NOT_HERE.has(command.id) || !command.isAllowed(context)) continue;
      const actions = groups.get(command.group) ?? [];
      actions.push({
        id: command.id,
        label: t(`command.${command.label(context)}`),
        ...(command.keywords === undefined ? {} : { keywords: t(`keywords.${command.keywords}`) }),
        rightSection: command.shortcut === null ? undefined : <Keys shortcut={command.shortcut} />,
        onClick: () => run(command.id),
      });
      groups.set(command.group, actions);
    }
    return [...groups].map(([group, actions]) => ({ group: t(`commandGroup.${group}`), actions }));
  }, [all, context, run, t]);
}

function useConsultationActions(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const { me } = useConsole();
  const { open } = useDesk();
  const board = useBoard();
  return useMemo(() => {
    const operatorId = me.operator?.id ?? null;
    const actions: SpotlightActionData[] = [];
    for (const row of board.rows.values()) {
      if (actions.length >= CONSULTATIONS_MAX) break;
      const section = sectionOf(row, operatorId);
      if (section === null) continue;
      actions.push({
        id: row.id,
        label: whoseName(row),
        description: `${row.queue.name} · ${t(`phase.${row.phase}`)}`,
        leftSection: <IconUser size={18} stroke={1.5} />,
        onClick: () => open(row.id, section),
      });
    }
    return { group: t("palette.consultations"), actions };
  }, [board, me, open, t]);
}

/** The macros that can be run on the consultation in front. */
function useMacroActions(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const { context } = useCommands();
  const { dialog } = useDesk();
  const macros = useReadable(useConsole().macros.items);
  const { target } = context;
  const row = useRow(target?.id ?? null);
  return useMemo(() => {
    const may = target !== null && !target.busy && mayRunMacros(target);
    const found = may && row !== null ? macrosFor(macros.values(), row.queue.id) : [];
    const actions = found.map(({ id, content }) => ({
      id,
      label: content.title,
      description: [
        `/${content.shortcut}`,
        ...doingsOf(content).map(({ kind }) => t(`macros.short.${kind}`)),
      ].join(" · "),
      keywords: t("keywords.macros"),
      leftSection: <IconBolt size={18} stroke={1.5} />,
      onClick: () => row !== null && dialog.set({ kind: "macro", consultationId: row.id, macroId: id }),
    }));
    return { group: t("macros.title"), actions };
  }, [dialog, macros, row, t, target]);
}

/** Saved views by name. */
function useViewActions(): SpotlightActionGroupData {
  const { t } = useTranslation();
  const { find } = useCommands();
  const { goSection } = useDesk();
  const views = useReadable(useConsole().views.items);
  return useMemo(() => {
    const actions = [...views.values()].map((view, index): SpotlightActionData => {
      const number = NUMBERED[index];
      const shortcut = number === undefined ? null : find(`go.view.${number}`).shortcut;
      return {
        id: view.id,
        label: view.name,
        description: t(`section.${sectionOfView(view)}`),
        keywords: t("keywords.views"),
        leftSection: <IconBookmark size={18} stroke={1.5} />,
        rightSection: shortcut === null ? undefined : <Keys shortcut={shortcut} />,
        onClick: () => goSection(sectionOfView(view), { view: view.id }),
      };
    });
    return { group: t("views.title"), actions };
  }, [find, goSection, t, views]);
}

/** The words in the field, those typed before it was there included. An Enter among these chooses once the field is there: what comes behind it is dropped. */
function useWords() {
  const [query, setQuery] = useState("");
  const { opened } = useSpotlight(paletteStore);
  const entered = useRef(false);
  const write = useCallback((typed: string) => {
    const [words = "", ...lines] = typed.split("\n");
    if (!entered.current) setQuery((before) => before + words);
    entered.current ||= lines.length > 0;
  }, []);
  useTypedAhead(write);
  useEffect(() => {
    write(typedBefore.get());
    typedBefore.set("");
  }, [write]);
  // Whoever thinks better of it by Escape has chosen nothing for the next time.
  useEffect(() => {
    if (!opened) entered.current = false;
  }, [opened]);
  const chooseEntered = useCallback(() => {
    if (entered.current) chooseMarked();
    entered.current = false;
  }, []);
  return { query, setQuery, chooseEntered };
}

/**
 * The focus goes back to where it was, unless what was chosen took it elsewhere; before a dialog opens, which gives it back in turn. Mantine's own
 * way takes it from what was chosen.
 */
function useOwnReturn() {
  const before = useRef<Element | null>(null);
  return {
    returnFocus: false,
    onSpotlightOpen: () => {
      before.current = document.activeElement;
    },
    onSpotlightClose: () => {
      const { activeElement, body } = document;
      const isHere = activeElement?.closest(".mantine-Spotlight-content") != null;
      const isNowhere = activeElement === null || activeElement === body;
      if ((isHere || isNowhere) && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true });
    },
  };
}

export function Palette() {
  const { t } = useTranslation();
  const { query, setQuery, chooseEntered } = useWords();
  const focus = useOwnReturn();
  const commands = useCommandActions();
  const views = useViewActions();
  const macros = useMacroActions();
  const consultations = useConsultationActions();
  return (
    <Spotlight
      actions={[...commands, views, macros, consultations]}
      store={paletteStore}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      {...focus}
      attributes={{ content: { "aria-label": t("palette.placeholder") } }}
      highlightQuery
      scrollable
      lockScroll={false}
      maxHeight={480}
      limit={40}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      nothingFound={t("palette.nothing")}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.5} />,
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.placeholder"),
        onFocus: ({ currentTarget: field }) => {
          // Behind what was typed ahead.
          field.setSelectionRange(field.value.length, field.value.length);
          if (field.value !== "") markFirstFound();
          chooseEntered();
        },
        onKeyDown: ({ key, currentTarget: field }) => {
          if (key === "Enter" && field.value !== "") markFirstFound();
        },
      }}
    />
  );
}
