/**
 * Calls for every screen of the signed-in patient. Light: what makes and draws them comes once the client is there, what carries the
 * media when a call is near.
 */
import type { CallKind, ConsultApi, EventStream } from "@consilium/kit/api";
import { useBrand } from "@consilium/kit/brand";
import type { Calls } from "@consilium/kit/calls";
import { Cell, type Engine } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import { createContext, type ReactNode, Suspense, use, useMemo, useState } from "react";
import { lazyPart } from "./later.ts";
import { useEngine } from "./session.tsx";

/** What the person wants of calls, before there is one. */
export type CallWish =
  | { want: "call"; consultationId: string; kind: CallKind }
  /** A look and a listen, without calling anybody; for a consultation its desk is told what came of it. */
  | { want: "check"; consultationId?: string }
  /** Why no call can be made. */
  | { want: "reason" };

interface CallsValue {
  /** `null`: not there yet, or the brand makes no calls. */
  readonly calls: Calls | null;
  readonly wish: Cell<CallWish | null>;
}

const CallsContext = createContext<CallsValue>({ calls: null, wish: new Cell<CallWish | null>(null) });

export function useCalls(): CallsValue {
  return use(CallsContext);
}

export interface CallParts {
  api: ConsultApi;
  engine: Engine;
  events: EventStream;
  sticky: boolean;
}
export type MakeCalls = (parts: CallParts) => Calls;

const CallHost = lazyPart(async () => {
  const { CallHost, addCallWords } = await import("../features/call/index.ts");
  await addCallWords();
  return CallHost;
});

export function CallsProvider({ make, children }: { make?: MakeCalls | undefined; children: ReactNode }) {
  const { features } = useBrand();
  const engine = useEngine();
  const [made] = useState(() => new Cell<Calls | null>(null));
  const [wish] = useState(() => new Cell<CallWish | null>(null));
  const calls = useReadable(made);
  const value = useMemo(() => ({ calls, wish }), [calls, wish]);
  return (
    <CallsContext value={value}>
      {children}
      {features.calls && engine !== null && (
        <Suspense fallback={null}>
          <CallHost engine={engine} make={make} made={made} wish={wish} />
        </Suspense>
      )}
    </CallsContext>
  );
}
