/** The desk's state for the views: address, tabs and what lies in front. */
import type { Canned, SavedView } from "@consilium/kit/api";
import type { CallFailure } from "@consilium/kit/calls";
import { Cell } from "@consilium/kit/matrix";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { NO_CARD_TABS } from "../live/card-tabs.ts";
import { useBoard } from "../live/hooks.ts";
import { openConsultation } from "../live/route.ts";
import { takesPart } from "../live/sections.ts";
import { afterClosing, closeTab, openTab, parseTabs, type Tabs } from "../live/tabs.ts";
import { usePlace } from "../router/usePlace.ts";
import { useConsole } from "../session/ConsoleContext.tsx";
import {
  type BulkDone,
  type CallbackForm,
  type CallPanelPlace,
  type Desk,
  type DialogState,
  type DismissedPair,
  type ListHandle,
  NO_DIALOG,
} from "./desk.ts";

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("useDesk outside DeskProvider");
  return desk;
}

function makeCells() {
  return {
    list: new Cell<ListHandle | null>(null),
    dialog: new Cell<DialogState>(NO_DIALOG),
    statusMenu: new Cell(false),
    composer: new Cell<(() => void) | null>(null),
    finder: new Cell<(() => void) | null>(null),
    noteField: new Cell<(() => void) | null>(null),
    cardDrawer: new Cell(false),
    cardTabs: new Cell(NO_CARD_TABS),
    closeWaits: new Cell<string | null>(null),
    callbackForm: new Cell<CallbackForm | null>(null),
    removedView: new Cell<SavedView | null>(null),
    removedReply: new Cell<Canned | null>(null),
    dismissedPair: new Cell<DismissedPair | null>(null),
    bulkDone: new Cell<BulkDone | null>(null),
    takeBack: new Cell<(() => void) | null>(null),
    callPanel: new Cell<CallPanelPlace>("docked"),
    callFailure: new Cell<CallFailure | null>(null),
  };
}

/** Tabs of this browser tab: own consultations that were opened, kept over a reload. */
function useTabs(openId: string | null): [Tabs, (change: (tabs: Tabs) => Tabs) => void] {
  const { me } = useConsole();
  const board = useBoard();
  const key = `consilium.console.tabs.${me.user_id}`;
  const [tabs, setTabs] = useState<Tabs>(() => parseTabs(sessionStorage.getItem(key)));
  const operatorId = me.operator?.id ?? null;

  useEffect(() => {
    const row = openId === null ? undefined : board.rows.get(openId);
    if (row === undefined || !takesPart(row, operatorId)) return;
    setTabs((before) => (before.recent[0] === row.id ? before : openTab(before, row.id)));
  }, [openId, board, operatorId]);

  useEffect(() => sessionStorage.setItem(key, JSON.stringify(tabs.ids)), [key, tabs]);

  // A talk that was handed on or closed is no tab any more, unless it is the one being looked at.
  const live = useMemo<Tabs>(() => {
    const stays = (id: string) => {
      const row = board.rows.get(id);
      return row === undefined || id === openId || takesPart(row, operatorId);
    };
    return { ids: tabs.ids.filter(stays), recent: tabs.recent.filter(stays) };
  }, [tabs, board, openId, operatorId]);
  return [live, setTabs];
}

export function DeskProvider({ children }: { children: ReactNode }) {
  const navigation = usePlace();
  const [cells] = useState(makeCells);
  const openId = openConsultation(navigation.place);
  const [tabs, changeTabs] = useTabs(openId);
  const { open } = navigation;

  const showTab = useCallback((id: string) => open(id, "mine"), [open]);
  const close = useCallback(
    (id: string) => {
      changeTabs((before) => closeTab(before, id));
      if (id === openId) open(afterClosing(tabs, id), "mine");
    },
    [changeTabs, open, openId, tabs],
  );
  const desk = useMemo<Desk>(
    () => ({ ...navigation, ...cells, tabs, showTab, closeTab: close }),
    [navigation, cells, tabs, showTab, close],
  );
  return <DeskContext value={desk}>{children}</DeskContext>;
}
