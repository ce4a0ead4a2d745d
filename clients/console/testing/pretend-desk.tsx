/**
 * A whole console in tests: everything that an operator who is signed in works with, over a pretend stream, and its desk in a page with an address. Whatever
 * the console learns is pretended here alone. It is closed when its test is over.
 */
import type { Me, Operator } from "@consilium/kit/api";
import { Cell } from "@consilium/kit/matrix";
import {
  type Answers,
  type FakeCalls,
  fakeCalls,
  PretendEngine,
  PretendStream,
  pretendFetch,
} from "@consilium/kit/testing";
import { RouterProvider } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { onTestFinished } from "vitest";
import { DeskProvider } from "../src/desk/DeskContext.tsx";
import { ConsultationActions } from "../src/live/actions.ts";
import { CallbackActions } from "../src/live/callback-actions.ts";
import { LiveDesk } from "../src/live/desk.ts";
import { CallInvitations } from "../src/live/invitations.ts";
import { makeRouter } from "../src/router/router.tsx";
import type { ConsoleValue } from "../src/session/ConsoleContext.tsx";
import { closeConsole } from "../src/session/console.ts";
import { PrefsStore } from "../src/settings/prefs.ts";
import { renderInConsole, staffApi } from "./in-console.tsx";
import { operator } from "./rows.ts";
import { type Lists, shortLists } from "./short-lists.ts";

const ME = "@petrova:x";

/** The client of the operator at the desk, who is in no room yet; nothing that is sent arrives. */
export function pretendEngine(): PretendEngine {
  return new PretendEngine({ me: ME, keeper: "@k:x", names: {}, rooms: {}, sending: "hangs" });
}

interface DeskWish {
  /** Where the address stands. */
  readonly path: string;
  readonly role?: Me["role"];
  readonly operator?: Operator;
  /** What the service answers: a table for the page's `fetch`, or a `fetch` for the desk alone. */
  readonly answers?: Answers;
  readonly fetch?: typeof fetch;
  readonly lists?: Lists;
  readonly engine?: PretendEngine;
  /** A consultation was begun with whoever wanted a call. */
  readonly onOpened?: (consultationId: string) => void;
  readonly signOut?: () => void;
}

export interface PretendDesk extends ConsoleValue {
  readonly calls: FakeCalls;
  readonly stream: PretendStream;
}

function ignore(): void {}

function pretendConsole(wish: DeskWish): PretendDesk {
  const { role = "operator", operator: self = operator({ id: "o1" }), onOpened = ignore } = wish;
  const { engine = pretendEngine(), signOut = ignore } = wish;
  const api = staffApi(wish.fetch);
  const stream = new PretendStream();
  const desk = new LiveDesk(api, stream);
  const apply = desk.apply.bind(desk);
  const calls = fakeCalls();
  const nobody = { birth_date: null, sex: null, phone: null, email: null, custody: null, conversations: [] };
  return {
    api,
    me: { ...nobody, user_id: ME, name: self.name, role, operator: self, keeper_user_id: "@k:x" },
    engine,
    stream,
    desk,
    calls,
    invitations: new CallInvitations(calls, engine),
    actions: new ConsultationActions({
      api,
      apply,
      now: () => Date.now(),
      closeWhileLeaving: ignore,
      onTaken: ignore,
      onFailed: ignore,
    }),
    callbackActions: new CallbackActions({
      api: api.callbacks,
      apply,
      onOpened: ({ id }) => onOpened(id),
      onFailed: ignore,
    }),
    ...shortLists(wish.lists),
    prefs: new PrefsStore(localStorage),
    freshPassword: new Cell<string | null>(null),
    signOut,
  };
}

/** Until the lists are there, or cannot be had. */
async function begun({ desk, stream }: PretendDesk): Promise<void> {
  const answered = new Promise<void>((resolve) => {
    const stop = desk.state.subscribe(() => {
      stop();
      resolve();
    });
  });
  desk.start();
  stream.status.set("open");
  await answered;
}

/** The desk of one operator, its lists loaded, with `View` in its page. */
export async function openDesk(View: () => ReactNode, wish: DeskWish): Promise<PretendDesk> {
  if (wish.answers !== undefined) onTestFinished(pretendFetch(wish.answers));
  history.replaceState(null, "", wish.path);
  const value = pretendConsole(wish);
  onTestFinished(() => closeConsole(value));
  await begun(value);
  const router = makeRouter(() => (
    <DeskProvider>
      <View />
    </DeskProvider>
  ));
  await router.load();
  renderInConsole(<RouterProvider router={router} />, value);
  return value;
}
