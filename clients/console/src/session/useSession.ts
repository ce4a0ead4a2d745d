/** The sign-in of this browser as a state: signed out, opening, open, or why it is not. */
import type { ApiProblem, PublicBrand } from "@consilium/kit/api";
import { Cell, forgetEverything, lastEnding, type Session, sessionStore } from "@consilium/kit/matrix";
import i18next from "i18next";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Console, closeConsole, openConsole } from "./console.ts";

/** `elsewhere`: this sign-in was ended at another one of the same operator. */
export type SignedOutWhy = "first" | "ended" | "elsewhere" | "not-staff";

export type SessionState =
  | { readonly status: "signed-out"; readonly why: SignedOutWhy }
  | { readonly status: "opening" }
  /** Another tab of this browser works; two would mix up keys. */
  | { readonly status: "other-tab" }
  | { readonly status: "failed"; readonly problem: ApiProblem }
  | { readonly status: "open"; readonly console: Console; readonly freshPassword: Cell<string | null> };

export interface SessionControl {
  readonly state: SessionState;
  readonly signedIn: (session: Session, password: string) => void;
  readonly signOut: () => Promise<void>;
  readonly retry: () => void;
}

export function useSession(brand: PublicBrand): SessionControl {
  const [state, setState] = useState<SessionState>(() =>
    sessionStore.load() === null
      ? { status: "signed-out", why: lastEnding() === null ? "first" : "elsewhere" }
      : { status: "opening" },
  );
  const open = useRef<Console | null>(null);

  const drop = useCallback((why: "first" | "ended" | "not-staff") => {
    const console = open.current;
    open.current = null;
    const session = sessionStore.load();
    const isFromElsewhere = why === "ended" && lastEnding() !== null;
    sessionStore.clear();
    setState({ status: "signed-out", why: isFromElsewhere ? "elsewhere" : why });
    const closed = console === null ? Promise.resolve() : closeConsole(console);
    // Perhaps it is in other hands: nothing is to be read here any more.
    if (isFromElsewhere && session !== null)
      void closed.then(() => forgetEverything(session.userId, session.deviceId));
  }, []);

  /** Another tab took over: this one rests until somebody asks it to go on. */
  const rest = useCallback(() => {
    const console = open.current;
    open.current = null;
    setState({ status: "other-tab" });
    if (console !== null) void closeConsole(console);
  }, []);

  // Its texts are changed while the desk is open: that is no reason to open it anew.
  const known = useRef(brand);
  useEffect(() => {
    known.current = brand;
  }, [brand]);
  const begin = useCallback(
    async (session: Session, password: string | null, alive: () => boolean) => {
      setState({ status: "opening" });
      const result = await openConsole({
        session,
        brand: known.current,
        language: () => i18next.language,
        onSignedOut: (why) => (why === "ended" ? drop("ended") : rest()),
      });
      if (!alive()) {
        if (result.outcome === "open") void closeConsole(result.console);
        return;
      }
      if (result.outcome === "open") {
        open.current = result.console;
        setState({ status: "open", console: result.console, freshPassword: new Cell(password) });
      } else if (result.outcome === "failed") setState({ status: "failed", problem: result.problem });
      else drop(result.outcome);
    },
    [drop, rest],
  );

  useEffect(() => {
    let alive = true;
    const session = sessionStore.load();
    if (session !== null) void begin(session, null, () => alive);
    return () => {
      alive = false;
      const console = open.current;
      open.current = null;
      if (console !== null) void closeConsole(console);
    };
  }, [begin]);

  useEffect(
    () =>
      sessionStore.onChange((session) => {
        // Another tab signed out: this one must not go on with a dead token.
        if (session === null && open.current !== null) drop("ended");
      }),
    [drop],
  );

  const signedIn = useCallback(
    (session: Session, password: string) => {
      sessionStore.save(session);
      void begin(session, password, () => true);
    },
    [begin],
  );
  const signOut = useCallback(async () => {
    const console = open.current;
    open.current = null;
    console?.calls.close();
    console?.presence.stop();
    console?.desk.stop();
    await console?.engine.signOut();
    drop("first");
  }, [drop]);
  const retry = useCallback(() => {
    const session = sessionStore.load();
    if (session === null) drop("ended");
    else void begin(session, null, () => true);
  }, [begin, drop]);
  return { state, signedIn, signOut, retry };
}
