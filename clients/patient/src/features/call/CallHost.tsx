/** Makes the calls of the signed-in patient, lets the other screens have them, and draws them. */
import { useBrand } from "@consilium/kit/brand";
import { type Calls, createCalls } from "@consilium/kit/calls";
import type { Cell, Engine } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui/useReadable";
import { useEffect } from "react";
import type { CallWish, MakeCalls } from "../../app/calls.tsx";
import { useSignedIn } from "../../app/session.tsx";
import { CallLayer } from "./CallLayer.tsx";

const makeCalls: MakeCalls = (parts) => createCalls({ ...parts, side: "patient" });

export interface CallHostProps {
  engine: Engine;
  make: MakeCalls | undefined;
  made: Cell<Calls | null>;
  wish: Cell<CallWish | null>;
}

export function CallHost({ engine, make = makeCalls, made, wish }: CallHostProps) {
  const { api, stream } = useSignedIn();
  const { sticky_calls: sticky } = useBrand().server;
  const calls = useReadable(made);
  useEffect(() => {
    const fresh = make({ api, engine, events: stream, sticky });
    made.set(fresh);
    return () => {
      fresh.close();
      made.set(null);
    };
  }, [make, api, engine, stream, sticky, made]);
  return calls === null ? null : <CallLayer calls={calls} wish={wish} />;
}
