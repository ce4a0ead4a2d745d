/** The list of places, bound to the server: loaded, ended, loaded again. */
import { useCallback, useEffect, useState } from "react";
import { type EndOutcome, endSignIns, listSignIns, type SignInPlace } from "../matrix/sign-ins.ts";

export interface SignInsWire {
  list: () => Promise<SignInPlace[]>;
  end: (ids: readonly string[], password: string) => Promise<EndOutcome>;
}

export type SignInsState =
  | { status: "loading" }
  | { status: "failed" }
  | { status: "ready"; places: readonly SignInPlace[] };

export interface SignIns {
  state: SignInsState;
  load: () => void;
  end: (ids: readonly string[], password: string) => Promise<EndOutcome>;
}

const SERVER: SignInsWire = { list: listSignIns, end: endSignIns };

export function useSignIns(wire: SignInsWire = SERVER): SignIns {
  const [state, setState] = useState<SignInsState>({ status: "loading" });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` loads again
  useEffect(() => {
    let current = true;
    wire.list().then(
      (places) => current && setState({ status: "ready", places }),
      () => current && setState({ status: "failed" }),
    );
    return () => {
      current = false;
    };
  }, [wire, round]);
  const load = useCallback(() => {
    setState({ status: "loading" });
    setRound((before) => before + 1);
  }, []);
  const end = useCallback(
    async (ids: readonly string[], password: string) => {
      const outcome = await wire.end(ids, password);
      // What is shown stays until the list has come anew.
      if (outcome === "done") setRound((before) => before + 1);
      return outcome;
    },
    [wire],
  );
  return { state, load, end };
}
