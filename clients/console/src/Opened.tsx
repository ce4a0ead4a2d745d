/** The desk of one sign-in: its queries, router, actions. Comes after the first screen, as a chunk of its own. */
import { ApiProblem } from "@consilium/kit/api";
import type { Cell } from "@consilium/kit/matrix";
import { notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { play } from "./attention/sounds.ts";
import { ConsultationActions } from "./live/actions.ts";
import { CallbackActions } from "./live/callback-actions.ts";
import { myOperator } from "./live/desk.ts";
import { makeRouter } from "./router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "./session/ConsoleContext.tsx";
import type { Console } from "./session/console.ts";
import { PrefsStore } from "./settings/prefs.ts";
import { ProfileKeys } from "./settings/profile-keys.ts";
import { Desk } from "./shell/Desk.tsx";
import { Fence } from "./ui/Fence.tsx";
import { focusPaneNamed } from "./ui/Pane.tsx";
import "@mantine/spotlight/styles.css";

interface OpenedProps {
  console: Console;
  freshPassword: Cell<string | null>;
  onSignOut: () => Promise<void>;
}

const RETRIES_MAX = 3;

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays one; only what may pass by itself is tried again, and no sooner than the server asks.
        retry: (count, error) => count < RETRIES_MAX && ApiProblem.of(error).mayPass,
        retryDelay: (count, error) => Math.max(ApiProblem.of(error).retryAfterMs, 500 * 2 ** count),
      },
    },
  });
}

function makeActions(console: Console, prefs: PrefsStore, open: (id: string) => void): ConsultationActions {
  return new ConsultationActions({
    api: console.api,
    apply: (event) => console.desk.apply(event),
    now: () => Date.now(),
    closeWhileLeaving: (id, note) => {
      const { url, headers } = console.api.request(`/consultations/${encodeURIComponent(id)}/close`);
      headers.set("content-type", "application/json");
      void fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify(note === "" ? {} : { note }),
        keepalive: true,
      });
    },
    onTaken: ({ id }) => open(id),
    onFailed: () => play("error", prefs.prefs.get().volume),
  });
}

/** A role that was given or taken counts at once, without a reload. */
function useLiveRole({ desk, me }: Console): Console["me"]["role"] {
  return useSyncExternalStore(desk.state.subscribe, () => {
    const mine = myOperator(me, desk.state.get().board);
    if (mine === null) return me.role;
    return mine.role === "operator" ? "operator" : "supervisor";
  });
}

export function Opened({ console, freshPassword, onSignOut }: OpenedProps) {
  const [client] = useState(makeQueryClient);
  const [router] = useState(() => makeRouter(Desk));
  const role = useLiveRole(console);
  const made = useMemo<ConsoleValue>(() => {
    const prefs = new PrefsStore(localStorage);
    const open = (id: string) =>
      void router
        .navigate({ to: "/$section/{-$id}", params: { section: "mine", id } })
        // The row that had the focus is gone from the list: the keyboard goes on in the talk.
        .then(() => requestAnimationFrame(() => focusPaneNamed("main")));
    return {
      ...console,
      prefs,
      actions: makeActions(console, prefs, open),
      callbackActions: new CallbackActions({
        api: console.api.callbacks,
        apply: (event) => console.desk.apply(event),
        onOpened: ({ id }) => open(id),
        onFailed: () => play("error", prefs.prefs.get().volume),
      }),
      freshPassword,
      signOut: () => {
        notifications.clean();
        client.clear();
        void onSignOut();
      },
    };
  }, [console, router, client, freshPassword, onSignOut]);
  // Keys that he chose are his at any machine.
  useEffect(
    () => new ProfileKeys(made.prefs, console.engine.profile, console.me.user_id).start(),
    [made, console],
  );
  const value = useMemo<ConsoleValue>(() => ({ ...made, me: { ...made.me, role } }), [made, role]);
  return (
    <QueryClientProvider client={client}>
      <ConsoleContext value={value}>
        <Fence of="desk">
          <RouterProvider router={router} />
        </Fence>
      </ConsoleContext>
    </QueryClientProvider>
  );
}
