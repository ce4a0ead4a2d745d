/**
 * Who is signed in, and what serves them: API, event stream, and the client proper once its chunk has come.
 * One component tree for each sign-in: signing out throws everything away.
 */
import { ApiProblem, ConsultApi, EventStream } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import {
  Cell,
  type Clinic,
  type ConversationSummary,
  deviceName,
  type EndedBy,
  type Engine,
  forgetDocuments,
  forgetEverything,
  forgetOtherDocuments,
  lastEnding,
  refreshSession,
  type Session,
  sessionStore,
  signOutRemotely,
  startEngine,
} from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import i18next from "i18next";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { forgetQuestions } from "./asked-keys.ts";
import { forgetLists } from "./kept.ts";
import { forgetSeen } from "./seen.ts";

export type EngineView =
  | { status: "loading" }
  | { status: "ready"; engine: Engine }
  | { status: "failed"; retry: () => void }
  | { status: "elsewhere" };

export interface SignedIn {
  session: Session;
  api: ConsultApi;
  stream: EventStream;
  engine: EngineView;
  signOut: () => Promise<void>;
  /** Back to the sign-in screen; what was typed and has not gone out stays on this device. */
  signInAgain: () => void;
}

/** How the sign-in before ended: from elsewhere, at whose word; or nobody knows. */
export type Ending = EndedBy | "unknown";

export type Access =
  | { status: "out"; ended: Ending | null; onSignedIn: (session: Session, password: string) => void }
  | ({ status: "in" } & SignedIn);

const AccessContext = createContext<Access | null>(null);

/** Everything below `SignedInOnly` has it. */
export function useSignedIn(): SignedIn {
  const access = use(AccessContext);
  if (access?.status !== "in") throw new Error("useSignedIn on a screen for everybody");
  return access;
}

/** The client, or `null` while its chunk is on the way. */
export function useEngine(): Engine | null {
  const { engine } = useSignedIn();
  return engine.status === "ready" ? engine.engine : null;
}

const NO_SUMMARIES = new Cell<ReadonlyMap<string, ConversationSummary>>(new Map());

/** What a list says of each conversation, by its room; nothing before the client has come. */
export function useSummaries(): ReadonlyMap<string, ConversationSummary> {
  return useReadable(useEngine()?.conversations ?? NO_SUMMARIES);
}

/** How many messages are unread, of all conversations. */
export function useUnread(): number {
  return [...useSummaries().values()].reduce((sum, { unread }) => sum + unread, 0);
}

/** How the client is started; tests and the looking-glass put a pretend one here. */
export type StartEngine = typeof startEngine;

export interface AccessProviderProps {
  children: (access: Access) => ReactNode;
  start?: StartEngine;
}

export function AccessProvider({ children, start = startEngine }: AccessProviderProps) {
  const [session, setSession] = useState<Session | null>(() => sessionStore.load());
  // Also after the page was loaded anew: whoever opens it reads what happened.
  const [ended, setEnded] = useState<Ending | null>(() => (session === null ? lastEnding() : null));
  const [password, setPassword] = useState<string | null>(null);
  useEffect(() => void forgetOtherDocuments(session), [session]);

  const onSignedIn = useCallback((fresh: Session, typed: string) => {
    sessionStore.save(fresh);
    setPassword(typed);
    setEnded(null);
    setSession(fresh);
  }, []);
  const onEnded = useCallback(() => {
    sessionStore.clear();
    setEnded(lastEnding() ?? "unknown");
    setPassword(null);
    setSession(null);
  }, []);
  const onSignedOut = useCallback(() => {
    setEnded(null);
    setPassword(null);
    setSession(null);
  }, []);

  if (session === null) {
    const access: Access = { status: "out", ended, onSignedIn };
    return <AccessContext value={access}>{children(access)}</AccessContext>;
  }
  return (
    <SignedInProvider
      key={session.deviceId}
      session={session}
      password={password}
      start={start}
      onEnded={onEnded}
      onSignedOut={onSignedOut}
    >
      {children}
    </SignedInProvider>
  );
}

interface SignedInProviderProps extends Required<AccessProviderProps> {
  session: Session;
  password: string | null;
  onEnded: () => void;
  onSignedOut: () => void;
}

function SignedInProvider({
  children,
  start,
  session,
  password,
  onEnded,
  onSignedOut,
}: SignedInProviderProps) {
  const { server } = useBrand();
  const { api, stream } = useMemo(() => services(server.consult_url), [server.consult_url]);
  // What is kept of documents ends with the sign-in, whoever ended it.
  const onOver = useCallback(() => {
    void forgetDocuments(session.userId, session.deviceId);
    // From elsewhere: perhaps it is in other hands, and nothing is to be read here any more.
    if (lastEnding() !== null) {
      forgetKept(session.userId);
      void forgetEverything(session.userId, session.deviceId);
    }
    onEnded();
  }, [session, onEnded]);
  const engine = useStartedEngine(session, password, api, start, onOver);
  const streamStatus = useReadable(stream.status);

  useEffect(() => {
    stream.start();
    const nudge = () => stream.nudge();
    addEventListener("online", nudge);
    return () => {
      removeEventListener("online", nudge);
      stream.stop();
    };
  }, [stream]);
  useEffect(() => {
    if (streamStatus === "unauthenticated") onOver();
  }, [streamStatus, onOver]);

  const signOut = useCallback(async () => {
    stream.stop();
    if (engine.status === "ready") await engine.engine.signOut();
    else await signOutRemotely(sessionStore.load() ?? session);
    await forgetDocuments(session.userId, session.deviceId);
    sessionStore.clear();
    forgetKept(session.userId);
    onSignedOut();
  }, [stream, engine, session, onSignedOut]);

  const signInAgain = useCallback(() => {
    const last = sessionStore.load() ?? session;
    onOver();
    void signOutRemotely(last);
  }, [session, onOver]);

  const access: Access = { status: "in", session, api, stream, engine, signOut, signInAgain };
  return <AccessContext value={access}>{children(access)}</AccessContext>;
}

function forgetKept(userId: string): void {
  forgetLists(userId);
  forgetSeen(userId);
  forgetQuestions(userId);
}

function services(baseUrl: string): { api: ConsultApi; stream: EventStream } {
  const api = new ConsultApi({
    baseUrl,
    accessToken: () => sessionStore.load()?.accessToken ?? null,
    refresh: async () => {
      const used = sessionStore.load()?.accessToken;
      return used !== undefined && (await refreshSession(used)).outcome === "refreshed";
    },
    language: () => i18next.language,
  });
  return { api, stream: new EventStream(api) };
}

/** The clinic that keeps the secret of the key backup, behind the API. */
function clinicOf(api: ConsultApi): Clinic {
  return {
    ask: async (wish) => {
      try {
        const { secret } = await api.backupSecret(deviceName(), wish === "start-over");
        if (typeof secret !== "string") return { keptBy: "person" };
        return { keptBy: "clinic", secret: Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0)) };
      } catch (cause) {
        if (cause instanceof ApiProblem && cause.slug === "sign-in-stale") return { keptBy: "stale" };
        throw cause;
      }
    },
    giveUp: async () => void (await api.takeBackupSecret()),
  };
}

/** Where the client could not be started it is tried again, at once when a network is back. */
const START_AGAIN_MS = 15_000;

/** Starts after the first screen has been painted. */
function useStartedEngine(
  session: Session,
  password: string | null,
  api: ConsultApi,
  start: StartEngine,
  onEnded: () => void,
): EngineView {
  const { server } = useBrand();
  const [attempt, setAttempt] = useState(0);
  const view = useMemo(() => new Cell<EngineView>({ status: "loading" }), []);
  const again = useCallback(() => {
    view.set({ status: "loading" });
    setAttempt((count) => count + 1);
  }, [view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one client for each sign-in; `attempt` starts it again
  useEffect(() => {
    let current = true;
    let started: Engine | null = null;
    start({
      session,
      password,
      custody: clinicOf(api),
      keeperUserId: server.keeper_user_id,
      keeperMasterKey: server.keeper_master_key,
      requestHistoryKeys: async (conversationId) => void (await api.historyKeys(conversationId)),
      onSession: () => undefined,
      onSignedOut: (why) => {
        if (!current) return;
        if (why === "ended") onEnded();
        else view.set({ status: "elsewhere" });
      },
    }).then(
      (engine) => {
        started = engine;
        if (current) view.set({ status: "ready", engine });
        else void engine.stop();
      },
      () => current && view.set({ status: "failed", retry: again }),
    );
    return () => {
      current = false;
      void started?.stop();
    };
  }, [attempt]);

  const seen = useReadable(view);
  // By itself too, as long as nobody presses: what is shown stays while it tries.
  useEffect(() => {
    if (seen.status !== "failed") return;
    const next = () => setAttempt((count) => count + 1);
    const timer = setTimeout(next, START_AGAIN_MS);
    addEventListener("online", next);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", next);
    };
  }, [seen]);
  return seen;
}
