/** What the app asks the consultation API, and how the event stream keeps it fresh. */
import type { Callback, Consultation, ConsultEvent, Me } from "@consilium/kit/api";
import { useChosenLanguage, useReloadBrand } from "@consilium/kit/brand";
import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type SignedIn, useSignedIn } from "./session.tsx";

type Api = SignedIn["api"];

export const queries = {
  me: (api: Api) => queryOptions({ queryKey: ["me"], queryFn: () => api.me() }),
  services: (api: Api) =>
    queryOptions({
      queryKey: ["services"],
      queryFn: () => api.services(),
      refetchInterval: SERVICES_FRESH_MS,
    }),
  conversations: (api: Api) =>
    queryOptions({ queryKey: ["conversations"], queryFn: () => api.conversations() }),
  consultations: (api: Api) =>
    queryOptions({
      queryKey: ["consultations"],
      queryFn: () => api.myConsultations({ limit: HISTORY_PAGE }),
    }),
  /** What he answered when he asked; wanted while he waits. */
  ownAnswers: (api: Api, id: string) =>
    queryOptions({ queryKey: ["answers", id], queryFn: () => api.ownAnswers(id) }),
  /** Those about one person: of whom one acts for, or `self`. */
  consultationsOf: (api: Api, person: string) =>
    queryOptions({
      queryKey: ["consultations", "of", person],
      queryFn: () => api.myConsultations({ limit: HISTORY_PAGE, person }),
    }),
  /** Those before the latest hundred too. */
  everyConsultation: (api: Api) =>
    queryOptions({
      queryKey: ["consultations", "every"],
      queryFn: () => everyConsultation(api),
      staleTime: EVERY_FRESH_MS,
    }),
  callbacks: (api: Api) =>
    queryOptions({ queryKey: ["callbacks"], queryFn: () => api.callbacks.own({ limit: HISTORY_PAGE }) }),
  /** Read anew whenever it is looked at: it may have been amended. */
  conclusions: (api: Api, id: string) =>
    queryOptions({ queryKey: ["conclusions", id], queryFn: () => api.conclusions.versions(id) }),
  /** What he thought of it; asked for only where he said something. */
  rating: (api: Api, id: string) =>
    queryOptions({ queryKey: ["rating", id], queryFn: () => api.ratings.of(id) }),
  record: (api: Api, id: string) =>
    queryOptions({
      queryKey: ["record", id],
      queryFn: () => api.archiveRecord(id),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};

/** Who is on duty changes without an event for patients: asked again this often while the list is on screen. */
const SERVICES_FRESH_MS = 30_000;
const HISTORY_PAGE = 100;
/** A new consultation is in the latest list at once; the long one follows. */
const EVERY_FRESH_MS = 60_000;
/** Consultations of a life, and then some. */
const EVERY_PAGES_MAX = 50;

async function everyConsultation(api: Api): Promise<Consultation[]> {
  const all: Consultation[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < EVERY_PAGES_MAX; page += 1) {
    const { items, next_cursor }: Awaited<ReturnType<Api["myConsultations"]>> = await api.myConsultations({
      limit: HISTORY_PAGE,
      cursor,
    });
    all.push(...items);
    cursor = next_cursor;
    if (cursor === null) break;
  }
  return all;
}

/** Settings that stand in the brand; all others are in the lists. */
const BRAND_SECTIONS = ["texts", "contacts", "legal"];

/** Applies the stream to what is cached. Mounted once. */
export function useLiveQueries(): void {
  const { stream } = useSignedIn();
  const client = useQueryClient();
  const reloadBrand = useReloadBrand();
  useEffect(
    () =>
      stream.on((event) => {
        applyEvent(client, event);
        if (event.event === "settings" && BRAND_SECTIONS.includes(event.data.section)) reloadBrand();
      }),
    [stream, client, reloadBrand],
  );
  useChosenLanguage(() => stream.again());
}

export function applyEvent(client: QueryClient, event: ConsultEvent): void {
  if (event.event === "resync") {
    void client.invalidateQueries();
    return;
  }
  if (event.event === "settings") {
    applySettings(client, event.data.section);
    return;
  }
  if (event.event === "custody") {
    const { custody } = event.data;
    client.setQueryData(["me"], (old: Me | undefined) => (old === undefined ? old : { ...old, custody }));
    return;
  }
  if (event.event === "callback") {
    applyCallback(client, event.data.callback);
    return;
  }
  if (event.event !== "consultation") return;
  applyConsultation(client, event.data.consultation);
}

/** A queue was changed: its hours and words stand in the list of services, its name in what was asked for. */
function applySettings(client: QueryClient, section: string): void {
  if (BRAND_SECTIONS.includes(section)) return;
  // Another text is another consent: it is asked for before the next question.
  if (section === "consents") {
    void client.invalidateQueries({ queryKey: ["consents"] });
    return;
  }
  void client.invalidateQueries({ queryKey: ["services"] });
  if (!section.startsWith("queue.")) return;
  for (const list of ["conversations", "consultations", "callbacks"])
    void client.invalidateQueries({ queryKey: [list] });
}

/** Puts a consultation into every list that shows it: nothing waits for a second answer of the server. */
export function applyConsultation(client: QueryClient, consultation: Consultation): void {
  const open = isOpen(consultation);
  client.setQueryData(["conversations"], (old: Awaited<ReturnType<Api["conversations"]>> | undefined) => {
    if (old === undefined) return old;
    const conversations = old.conversations.map((conversation) => {
      if (conversation.id !== consultation.conversation_id) return conversation;
      const same = conversation.open_consultation?.id === consultation.id;
      if (open) return { ...conversation, open_consultation: consultation };
      return same ? { ...conversation, open_consultation: null } : conversation;
    });
    return { conversations };
  });
  client.setQueryData(["consultations"], (old: Awaited<ReturnType<Api["myConsultations"]>> | undefined) => {
    if (old === undefined) return old;
    const known = old.items.some((item) => item.id === consultation.id);
    const items = known
      ? old.items.map((item) => (item.id === consultation.id ? consultation : item))
      : [consultation, ...old.items];
    return { ...old, items };
  });
  const conversations = client.getQueryData<Awaited<ReturnType<Api["conversations"]>>>(["conversations"]);
  if (
    !conversations?.conversations.some((conversation) => conversation.id === consultation.conversation_id)
  ) {
    void client.invalidateQueries({ queryKey: ["conversations"] });
  }
}

export function isOpen({ phase }: Pick<Consultation, "phase">): boolean {
  return phase === "queued" || phase === "active" || phase === "on_hold";
}

/** Puts a call-back into the list; the conversation that its order may have made is asked for. */
export function applyCallback(client: QueryClient, callback: Callback): void {
  client.setQueryData(["callbacks"], (old: Awaited<ReturnType<Api["callbacks"]["own"]>> | undefined) => {
    if (old === undefined) return old;
    const others = old.items.filter(({ id }) => id !== callback.id);
    const items = [callback, ...others].sort((a, b) => b.requested_at.localeCompare(a.requested_at));
    return { ...old, items };
  });
  const list = client.getQueryData<Awaited<ReturnType<Api["conversations"]>>>(["conversations"]);
  const { conversation_id: conversationId } = callback;
  if (conversationId !== null && !list?.conversations.some(({ id }) => id === conversationId))
    void client.invalidateQueries({ queryKey: ["conversations"] });
}
