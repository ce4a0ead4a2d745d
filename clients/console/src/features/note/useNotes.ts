/** The notes of a conversation or a patient: pages, kept fresh by the server's events; and what is done with them. */
import { ApiProblem, type Note, type Page } from "@consilium/kit/api";
import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useBoard } from "../../live/hooks.ts";
import { useConsole } from "../../session/ConsoleContext.tsx";
import { colleaguesOf, mentionedIn } from "../../writing/mentions.ts";

const PAGE = 20;

/** Whose notes. */
export type NotesOf = { readonly conversation: string } | { readonly patient: string };

function keyOf(of: NotesOf): readonly string[] {
  return "conversation" in of ? ["notes", "conversation", of.conversation] : ["notes", "patient", of.patient];
}

/** Nothing is read, and so nothing recorded, before somebody looks: `enabled`. */
export function useNotes(of: NotesOf, enabled: boolean) {
  const { api, desk } = useConsole();
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keyOf(of),
    queryFn: ({ pageParam }) => {
      const page = { limit: PAGE, cursor: pageParam };
      return "conversation" in of
        ? api.notes.ofConversation(of.conversation, page)
        : api.notes.ofPatient(of.patient, page);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Note>) => last.next_cursor,
    enabled,
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
  const id = "conversation" in of ? of.conversation : of.patient;
  const kind = "conversation" in of ? "conversation" : "patient";
  useEffect(() => {
    if (!enabled) return;
    return desk.onNote((conversationId, patientId) => {
      if (id !== (kind === "conversation" ? conversationId : patientId)) return;
      void client.invalidateQueries({ queryKey: ["notes", kind, id] });
    });
  }, [client, desk, enabled, kind, id]);
  const notes = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return { ...query, notes, total: query.data?.pages[0]?.total ?? null };
}

/** Puts what an own act answered into every list that is loaded. */
function show(client: QueryClient, note: Note): void {
  for (const of of [{ conversation: note.conversation_id }, { patient: note.patient_id }]) {
    client.setQueryData<InfiniteData<Page<Note>>>(keyOf(of), (data) => {
      if (data === undefined) return undefined;
      const known = data.pages.some(({ items }) => items.some(({ id }) => id === note.id));
      const pages = data.pages.map((page, index) => {
        const items = page.items.map((item) => (item.id === note.id ? note : item));
        const isNew = !known && index === 0;
        return isNew ? { ...page, items: [note, ...items], total: page.total + 1 } : { ...page, items };
      });
      return { ...data, pages };
    });
  }
}

export function useColleagues() {
  const { me } = useConsole();
  const { operators } = useBoard();
  return colleaguesOf(operators.values(), me.operator?.id ?? null);
}

/** Writes a note. A try that got no answer is repeated under the same id, so that it is written once. */
export function useWriteNote(conversationId: string) {
  const { api } = useConsole();
  const client = useQueryClient();
  const colleagues = useColleagues();
  const tried = useRef<{ text: string; id: string } | null>(null);
  return useMutation({
    mutationFn: (text: string) => {
      if (tried.current?.text !== text) tried.current = { text, id: crypto.randomUUID() };
      return api.notes.write(conversationId, {
        text,
        mentions: mentionedIn(text, colleagues),
        request_id: tried.current.id,
      });
    },
    onSuccess: (note) => {
      tried.current = null;
      show(client, note);
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.slug !== "offline") tried.current = null;
    },
  });
}

export function useChangeNote(note: Note) {
  const { api } = useConsole();
  const client = useQueryClient();
  const colleagues = useColleagues();
  return useMutation({
    mutationFn: (text: string) =>
      api.notes.change(note.id, { text, mentions: mentionedIn(text, colleagues), version: note.version }),
    onSuccess: (changed) => show(client, changed),
  });
}

export function useRemoveNote(note: Note) {
  const { api } = useConsole();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.notes.remove(note.id),
    onSuccess: (removed) => show(client, removed),
  });
}
