/** Takes a question back while it still waits. */
import { ApiProblem } from "@consilium/kit/api";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { applyConsultation } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";

export function useCancel(consultationId: string): {
  busy: boolean;
  failed: boolean;
  cancel: () => Promise<boolean>;
} {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const cancel = async () => {
    setBusy(true);
    setFailed(false);
    try {
      applyConsultation(client, await api.cancel(consultationId));
      return true;
    } catch (cause) {
      // Somebody took it a moment ago: the list says so, and there is nothing left to cancel.
      if (cause instanceof ApiProblem && cause.slug === "conflict")
        await client.invalidateQueries({ queryKey: ["conversations"] });
      else setFailed(true);
      return cause instanceof ApiProblem && cause.slug === "conflict";
    } finally {
      setBusy(false);
    }
  };
  return { busy, failed, cancel };
}
