/** A person's consents; and what is ticked beside a question. */
import { type Consent, ConsentApi, type GivenConsent } from "@consilium/kit/api";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useSignedIn } from "../session.tsx";
import { type AskedConsent, askedOf, givenOf, type Ticks, ticked, untickedOf } from "./model.ts";

/** The list is kept on the device under this name, so that a question can be asked without a network. */
const KEY = ["consents"] as const;

interface OwnConsents {
  /** None until they are there. */
  consents: readonly Consent[];
  /** They may still come. */
  isPending: boolean;
}

/** `person`: those about him, of whom one acts for; null: about oneself. */
export function useConsents(person: string | null = null): OwnConsents {
  const { api } = useSignedIn();
  const { data, isError, fetchStatus } = useQuery({
    queryKey: person === null ? KEY : [...KEY, person],
    queryFn: () => new ConsentApi(api.client).own(person),
  });
  return {
    consents: data?.consents ?? NONE,
    isPending: data === undefined && !isError && fetchStatus !== "paused",
  };
}

const NONE: readonly Consent[] = [];

/** They may have changed. */
export function useReloadConsents(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}

export interface TickedConsents {
  asked: readonly AskedConsent[];
  isPending: boolean;
  ticks: Ticks;
  tick: (hash: string) => void;
  /** Purposes that have to be ticked still; shown once the person has tried to send. */
  unticked: readonly string[];
  /** Sends what is ticked, or shows what is not. */
  send: (go: (given: GivenConsent[]) => Promise<void>) => void;
}

/** `before`: what the person had ticked for a question that waits on this device. `about`: for whom, of those he acts for; null: for himself. */
export function useTickedConsents(
  before: readonly GivenConsent[] = [],
  about: string | null = null,
): TickedConsents {
  // What is not known is not asked for: the service says what is missing.
  const { consents, isPending } = useConsents(about);
  const asked = askedOf(consents);
  const [ticks, setTicks] = useState<Ticks>(() => new Set(before.map(({ hash }) => hash)));
  const [tried, setTried] = useState(false);
  const unticked = untickedOf(asked, ticks);
  return {
    asked,
    isPending,
    ticks,
    tick: (hash) => setTicks((now) => ticked(now, hash)),
    unticked: tried ? unticked : [],
    send: (go) => {
      const [first] = unticked;
      if (first === undefined) return void go(givenOf(asked, ticks));
      flushSync(() => setTried(true));
      show(first);
    },
  };
}

/** Brings the tick that is missing into sight, and the keyboard to it. */
function show(purpose: string): void {
  const tick = document.getElementById(`consent-${purpose}`);
  tick?.querySelector("input")?.focus({ preventScroll: true });
  tick?.scrollIntoView({ block: "center" });
}
