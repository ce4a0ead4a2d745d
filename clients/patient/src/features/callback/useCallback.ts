/** What the patient does with the call-back that is ordered. */
import { ApiProblem, type Callback } from "@consilium/kit/api";
import { ownZone } from "@consilium/kit/brand";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { applyCallback } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { refusalOf, type Wish, windowOf } from "./model.ts";

export interface CallbackActions {
  busy: boolean;
  /** Why the last change did not come about: nobody works at that time, or it did not get through. */
  refusal: "time" | "failed" | null;
  /** Another question is asked: the last one's refusal is not its. */
  forget: () => void;
  /** `true`: done, or somebody calls already and the screen says so. */
  cancel: () => Promise<boolean>;
  move: (wish: Wish) => Promise<boolean>;
}

export function useCallbackActions(id: string): CallbackActions {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CallbackActions["refusal"]>(null);
  const attempt = async (work: () => Promise<Callback>) => {
    setBusy(true);
    setRefusal(null);
    try {
      applyCallback(client, await work());
      return true;
    } catch (cause) {
      const overtaken = cause instanceof ApiProblem && cause.slug === "conflict";
      if (overtaken) await client.invalidateQueries({ queryKey: ["callbacks"] });
      else setRefusal(refusalOf(cause).kind === "time" ? "time" : "failed");
      return overtaken;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    refusal,
    forget: () => setRefusal(null),
    cancel: () => attempt(() => api.callbacks.cancel(id)),
    move: (wish) => {
      const window = windowOf(wish);
      if (window === null) return Promise.resolve(false);
      const time = { time_zone: ownZone(), ...(window === undefined ? {} : { window }) };
      return attempt(() => api.callbacks.move(id, time));
    },
  };
}
