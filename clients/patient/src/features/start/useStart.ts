/**
 * Starts a consultation once, however often the button is pressed, and puts the question into the outbox. Without a network it
 * waits for one and goes on by itself.
 */
import type { Consultation } from "@consilium/kit/api";
import { Cell, type Engine } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { paths } from "../../app/paths.ts";
import { applyConsultation, queries } from "../../app/queries.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import { refusalOf, type StartRefusal } from "./model.ts";

export interface Start {
  question: string;
  setQuestion: (text: string) => void;
  busy: boolean;
  refusal: (StartRefusal & { kind: "failed" }) | null;
  start: () => Promise<void>;
}

const NO_ENGINE = new Cell<ReturnType<Engine["connection"]["get"]>>("starting");
/** While it waits for a network it also tries by itself: not every return of one is announced. */
const RETRY_MS = 8_000;

/** The question survives a reload and a way back: it is kept by service until it is sent. */
const KEPT = "consilium.question:";

export function useStart(serviceId: string): Start {
  const { api } = useSignedIn();
  const engine = useEngine();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [question, setQuestion] = useState(() => sessionStorage.getItem(KEPT + serviceId) ?? "");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Start["refusal"]>(null);
  const requestId = useRef(crypto.randomUUID());
  const wasLive = useRef(true);

  const open = async (consultation: Consultation) => {
    applyConsultation(client, consultation);
    void client.invalidateQueries({ queryKey: ["conversations"] });
    navigate(paths.conversation(consultation.conversation_id));
  };

  const start = async () => {
    if (busy || engine === null) return;
    setBusy(true);
    // The notice that it waits for a network stays while it tries.
    setRefusal((before) => (before?.key === "start.offline" ? before : null));
    try {
      const consultation = await api.start(serviceId, requestId.current);
      await say(consultation);
      await open(consultation);
    } catch (cause) {
      const refused = refusalOf(cause);
      if (refused.kind === "failed") setRefusal(refused);
      else await openExisting(refused.consultationId);
    } finally {
      setBusy(false);
    }
  };

  const waits = refusal?.key === "start.offline";
  const live = useReadable(engine?.connection ?? NO_ENGINE) === "live";
  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` is another one for each question, and each time it was busy
  useEffect(() => {
    if (!waits || busy) return;
    const returned = live && !wasLive.current;
    wasLive.current = live;
    const timer = setTimeout(() => void start(), returned ? 0 : RETRY_MS);
    return () => clearTimeout(timer);
  }, [live, waits, busy, question]);

  /** The question goes into the outbox before the screen changes: from here on it cannot be lost. */
  const say = async (consultation: Consultation) => {
    const text = question.trim();
    if (text !== "" && engine !== null) {
      const timeline = engine.timeline(consultation.room_id);
      await timeline.sendText({ text, replyTo: null });
      timeline.close();
    }
    sessionStorage.removeItem(KEPT + serviceId);
  };

  const openExisting = async (consultationId: string | null) => {
    const { conversations } = await client.fetchQuery({ ...queries.conversations(api), staleTime: 0 });
    const found = conversations.find(({ open_consultation }) =>
      consultationId === null ? open_consultation !== null : open_consultation?.id === consultationId,
    );
    if (found?.open_consultation) {
      await say(found.open_consultation);
      await open(found.open_consultation);
    } else setRefusal({ kind: "failed", key: "start.failed" });
  };

  return {
    question,
    setQuestion: (text) => {
      sessionStorage.setItem(KEPT + serviceId, text);
      setQuestion(text);
    },
    busy: busy || engine === null,
    refusal,
    start,
  };
}
