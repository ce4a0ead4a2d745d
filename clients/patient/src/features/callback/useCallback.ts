/** What the patient does with the call-back that is ordered. */
import { ApiProblem, type Callback } from "@consilium/kit/api";
import { ownZone } from "@consilium/kit/brand";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { applyCallback } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { type Wish, windowOf } from "./model.ts";

export interface CallbackActions {
  busy: boolean;
  failed: boolean;
  /** `true`: done, or somebody calls already and the screen says so. */
  cancel: () => Promise<boolean>;
  move: (wish: Wish) => Promise<boolean>;
}

export function useCallbackActions(id: string): CallbackActions {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const attempt = async (work: () => Promise<Callback>) => {
    setBusy(true);
    setFailed(false);
    try {
      applyCallback(client, await work());
      return true;
    } catch (cause) {
      const overtaken = cause instanceof ApiProblem && cause.slug === "conflict";
      if (overtaken) await client.invalidateQueries({ queryKey: ["callbacks"] });
      else setFailed(true);
      return overtaken;
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    failed,
    cancel: () => attempt(() => api.callbacks.cancel(id)),
    move: (wish) => {
      const window = windowOf(wish);
      if (window === null) return Promise.resolve(false);
      const time = { time_zone: ownZone(), ...(window === undefined ? {} : { window }) };
      return attempt(() => api.callbacks.move(id, time));
    },
  };
}
