/**
 * «Call me back»: a call-back where the queue takes them, as soon as possible and on the number of the patient's card; else the wish goes
 * out as a message. Where one is open already, there is nothing to do.
 */
import { ApiProblem, type ConsultApi } from "@consilium/kit/api";
import { ownZone } from "@consilium/kit/brand";
import type { Engine } from "@consilium/kit/matrix";
import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { offerOf } from "./callbacks.ts";
import { applyCallback, queries } from "./queries.ts";
import { useSignedIn } from "./session.tsx";

export interface AskForCall {
  engine: Pick<Engine, "timeline">;
  roomId: string;
  /** The queue of the consultation; `null`: not known. */
  queueId: string | null;
  /** The wish in the patient's language. */
  text: string;
}

interface Means {
  api: Pick<ConsultApi, "services" | "callbacks" | "conversations">;
  client: QueryClient;
}

export async function askForCall({ engine, roomId, queueId, text }: AskForCall, means: Means): Promise<void> {
  if (queueId !== null && (await ordered(queueId, means))) return;
  const timeline = engine.timeline(roomId);
  await timeline.sendText({ text, replyTo: null });
}

/** `false`: this queue takes none, or it could not be ordered: a message waits for the network by itself. */
async function ordered(queueId: string, { api, client }: Means): Promise<boolean> {
  try {
    const { services } = await client.fetchQuery(queries.services(api as ConsultApi));
    const service = services.find(({ id }) => id === queueId);
    if (service === undefined || !offerOf(service).available) return false;
    const order = { queue_id: queueId, request_id: crypto.randomUUID(), time_zone: ownZone() };
    applyCallback(client, await api.callbacks.order(order));
    return true;
  } catch (cause) {
    return cause instanceof ApiProblem && cause.callbackId !== null;
  }
}

/** Bound to who is signed in. */
export function useAskForCall(): (engine: Engine, roomId: string, queueId: string | null) => void {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const { t } = useTranslation();
  return useCallback(
    (engine, roomId, queueId) => {
      void askForCall({ engine, roomId, queueId, text: t("talk.callMeBackText") }, { api, client });
    },
    [api, client, t],
  );
}
