/** From "who are you" to the desk: sign-in, opening, why it failed, the desk itself. */
import { useBrand } from "@consilium/kit/brand";
import { EmptyState } from "@consilium/kit/ui";
import { Loader } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./App.module.css";
import { play } from "./attention/sounds.ts";
import { SignInView } from "./features/sign-in/index.ts";
import { IconDeviceDesktop } from "./icons.ts";
import { ConsultationActions } from "./live/actions.ts";
import { makeRouter } from "./router/router.tsx";
import { ConsoleContext, type ConsoleValue } from "./session/ConsoleContext.tsx";
import type { Console } from "./session/console.ts";
import { useSession } from "./session/useSession.ts";
import { PrefsStore } from "./settings/prefs.ts";
import { Desk } from "./shell/Desk.tsx";
import { Problem } from "./ui/Loadable.tsx";

export function App() {
  const brand = useBrand();
  const session = useSession(brand);
  const { state } = session;
  switch (state.status) {
    case "signed-out":
      return <SignInView why={state.why} onSignedIn={session.signedIn} />;
    case "opening":
      return <Opening />;
    case "failed":
      return (
        <main className={classes.centre}>
          <div className={classes.failed}>
            <Problem error={state.problem} onRetry={session.retry} />
          </div>
        </main>
      );
    case "other-tab":
      return <OtherTab />;
    case "open":
      return (
        <Opened
          key={state.console.me.user_id}
          console={state.console}
          password={state.password}
          onSignOut={session.signOut}
        />
      );
  }
}

function Opening() {
  const { t } = useTranslation();
  return (
    <main className={classes.centre}>
      <p className={classes.opening} role="status">
        <Loader size="sm" aria-hidden /> {t("opening")}
      </p>
    </main>
  );
}

function OtherTab() {
  const { t } = useTranslation();
  return (
    <main className={classes.centre}>
      <EmptyState
        icon={<IconDeviceDesktop size={36} stroke={1.5} />}
        title={t("otherTab.title")}
        text={t("otherTab.text")}
        action={{ label: t("otherTab.here"), onClick: () => location.reload() }}
      />
    </main>
  );
}

interface OpenedProps {
  console: Console;
  password: string | null;
  onSignOut: () => Promise<void>;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays one; only what may pass by itself is tried again.
        retry: (count, error) =>
          count < 2 && "status" in error && (error.status === 0 || Number(error.status) >= 500),
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

function Opened({ console, password, onSignOut }: OpenedProps) {
  const [client] = useState(makeQueryClient);
  const [router] = useState(() => makeRouter(Desk));
  const value = useMemo<ConsoleValue>(() => {
    const prefs = new PrefsStore(localStorage);
    const open = (id: string) =>
      void router.navigate({ to: "/$section/{-$id}", params: { section: "mine", id } });
    return {
      ...console,
      prefs,
      actions: makeActions(console, prefs, open),
      password,
      signOut: () => {
        client.clear();
        void onSignOut();
      },
    };
  }, [console, router, client, password, onSignOut]);
  return (
    <QueryClientProvider client={client}>
      <ConsoleContext value={value}>
        <RouterProvider router={router} />
      </ConsoleContext>
    </QueryClientProvider>
  );
}
