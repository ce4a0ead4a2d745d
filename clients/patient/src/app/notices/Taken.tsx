/** «You are being answered»: a sound, the title and the icon's badge where nobody looks, a line where one looks at something else. */
import type { Consultation } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import { ErrorNotice } from "@consilium/kit/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import css from "../Frame.module.css";
import { paths } from "../paths.ts";
import { queries } from "../queries.ts";
import { useSignedIn, useUnread } from "../session.tsx";
import { leadOf, newlyTaken, type Phases, phasesOf } from "./taken.ts";

export function Taken() {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const [taken, setTaken] = useTaken();
  useBadge();
  const there = taken === null ? null : paths.conversation(taken.conversation_id);
  // Home shows it on top, the conversation is it.
  const isShown = there === null || path === there || path === paths.home;
  useEffect(() => {
    if (isShown && taken !== null && document.visibilityState === "visible") setTaken(null);
  }, [isShown, taken, setTaken]);
  if (taken === null || there === null || isShown) return null;
  const name = leadOf(taken);
  return (
    <div className={css.notice}>
      <ErrorNotice
        tone="info"
        title={name === null ? t("taken.titleNobody") : t("taken.title", { name })}
        text={t("taken.text")}
        action={{ label: t("taken.open"), onClick: () => navigate(there) }}
      />
    </div>
  );
}

/** The sounds come with the calls' own part, which is mostly there by then. */
async function sound(): Promise<void> {
  const { playTone } = await import("@consilium/kit/ui/call");
  playTone("connected");
}

/** Sounds and says it in the title, until somebody looks. */
function useTaken(): [Consultation | null, (taken: Consultation | null) => void] {
  const { t } = useTranslation();
  const { name } = useBrand();
  const { api } = useSignedIn();
  const conversations = useQuery(queries.conversations(api)).data?.conversations;
  const [taken, setTaken] = useState<Consultation | null>(null);
  const before = useRef<Phases | null>(null);
  useEffect(() => {
    if (conversations === undefined) return;
    const open = conversations.flatMap(({ open_consultation }) => open_consultation ?? []);
    const news = before.current === null ? [] : newlyTaken(before.current, open);
    before.current = phasesOf(open);
    const [first] = news;
    if (first === undefined) return;
    setTaken(first);
    void sound().catch(() => undefined);
    if (document.visibilityState === "hidden") document.title = `${t("taken.tab")} · ${name}`;
  }, [conversations, t, name]);
  useEffect(() => {
    const onLook = () => {
      if (document.visibilityState === "visible" && document.title.startsWith(t("taken.tab")))
        document.title = name;
    };
    document.addEventListener("visibilitychange", onLook);
    return () => document.removeEventListener("visibilitychange", onLook);
  }, [t, name]);
  return [taken, setTaken];
}

/** The number of unread messages on the icon of the installed app, where the system draws one. */
function useBadge(): void {
  const unread = useUnread();
  useEffect(() => {
    const done = unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
    // Not every system has one, and some ask to be installed first.
    void done?.catch(() => undefined);
  }, [unread]);
}
