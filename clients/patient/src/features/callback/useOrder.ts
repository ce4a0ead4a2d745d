/** Orders a call-back once, however often the button is pressed, and takes the question out of the line where that is wished. */
import type { GivenConsent, Person } from "@consilium/kit/api";
import { ownZone, phoneOf, useFormats } from "@consilium/kit/brand";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { type TickedConsents, useReloadConsents, useTickedConsents } from "../../app/consents/useConsents.ts";
import { paths } from "../../app/paths.ts";
import { activeOf } from "../../app/persons/model.ts";
import { usePersons } from "../../app/persons/usePersons.ts";
import { applyCallback, applyConsultation, queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { leaveLine, orderInstead, type Wait, waitingIn } from "./instead.ts";
import { type Refusal, refusalOf, SOON, type Wish, windowOf } from "./model.ts";

export interface Order {
  wish: Wish;
  setWish: (wish: Wish) => void;
  /** As typed; the card's number until something is typed. */
  phone: string;
  setPhone: (text: string) => void;
  reason: string;
  setReason: (text: string) => void;
  /** Whom one may order it for besides oneself. */
  persons: readonly Person[];
  /** For whom; `null`: for oneself. */
  person: string | null;
  setPerson: (id: string | null) => void;
  /** What becomes of a question that waits; `null`: not said yet. */
  wait: Wait | null;
  setWait: (wait: Wait) => void;
  /** Whether a question waits in the line of this queue. */
  isWaiting: (queueId: string | null) => boolean;
  /** The call is ordered, and the question could not be taken out of the line. */
  stuck: { leave: () => Promise<void>; goOn: () => void } | null;
  /** What has to be agreed to with it. */
  consents: TickedConsents;
  busy: boolean;
  refusal: Exclude<Refusal, { kind: "open-already" }> | null;
  send: (queueId: string | null) => void;
}

/** What is sent, once nothing is wrong with it. */
interface Checked {
  waiting: ReturnType<typeof waitingIn>;
  window: Exclude<ReturnType<typeof windowOf>, null>;
  number: string | null;
  given: GivenConsent[];
}

export function useOrder(): Order {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const me = useQuery(queries.me(api));
  const conversations = useQuery(queries.conversations(api)).data?.conversations ?? [];
  const [wish, setWish] = useState<Wish>(SOON);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [wait, setWait] = useState<Wait | null>(null);
  const [stuckWith, setStuckWith] = useState<{ callbackId: string; consultationId: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Order["refusal"]>(null);
  const requestId = useRef(crypto.randomUUID());
  const formats = useFormats();
  const persons = activeOf(usePersons().persons);
  const [wanted, setWanted] = useState<string | null>(null);
  // Who was removed meanwhile is nobody's choice any more.
  const person = persons.some(({ id }) => id === wanted) ? wanted : null;
  const consents = useTickedConsents([], person);
  const reloadConsents = useReloadConsents();
  const known = me.data?.phone ?? null;
  const phone = typed ?? (known === null ? "" : formats.phone(known));

  const goTo = (callbackId: string) => navigate(paths.callback(callbackId), { replace: true });
  const cancel = async (id: string) => {
    try {
      applyConsultation(client, await api.cancel(id));
    } finally {
      void client.invalidateQueries({ queryKey: ["conversations"] });
    }
  };

  const send = (queueId: string | null) => {
    if (queueId === null) return setRefusal({ kind: "service" });
    const waiting = waitingIn(conversations, queueId);
    if (waiting !== null && wait === null) return setRefusal({ kind: "wait" });
    const window = windowOf(wish);
    const number = phoneOf(phone);
    if (window === null) return setRefusal({ kind: "time" });
    if (phone.trim() !== "" && number === null) return setRefusal({ kind: "phone" });
    consents.send((given) => order(queueId, { waiting, window, number, given }));
  };

  const order = async (queueId: string, { waiting, window, number, given }: Checked) => {
    setBusy(true);
    setRefusal(null);
    try {
      const words = reason.trim();
      const place = async () => {
        const callback = await api.callbacks.order({
          queue_id: queueId,
          request_id: requestId.current,
          ...(person === null ? {} : { person_id: person }),
          time_zone: ownZone(),
          ...(number === null ? {} : { phone: number }),
          ...(words === "" ? {} : { reason: words }),
          ...(window === undefined ? {} : { window }),
          ...(given.length === 0 ? {} : { consents: given }),
        });
        applyCallback(client, callback);
        return callback;
      };
      const isInstead = waiting !== null && wait === "replace";
      const { callback, left } = await orderInstead(place, isInstead ? () => cancel(waiting.id) : null);
      if (given.length > 0) void reloadConsents();
      await client.invalidateQueries({ queryKey: ["callbacks"] });
      if (waiting !== null && left === "still-waiting")
        setStuckWith({ callbackId: callback.id, consultationId: waiting.id });
      else goTo(callback.id);
    } catch (cause) {
      const refused = refusalOf(cause);
      if (refused.kind === "failed" && refused.key === "consents.again") void reloadConsents();
      if (refused.kind === "open-already") goTo(refused.callbackId);
      else setRefusal(refused);
    } finally {
      setBusy(false);
    }
  };

  const leave = async ({ callbackId, consultationId }: NonNullable<typeof stuckWith>) => {
    setBusy(true);
    const left = await leaveLine(() => cancel(consultationId));
    setBusy(false);
    if (left !== "still-waiting") goTo(callbackId);
  };

  return {
    wish,
    setWish,
    phone,
    setPhone: setTyped,
    reason,
    setReason,
    persons,
    person,
    setPerson: setWanted,
    wait,
    setWait: (next) => {
      setRefusal(null);
      setWait(next);
    },
    isWaiting: (queueId) => waitingIn(conversations, queueId) !== null,
    stuck:
      stuckWith === null ? null : { leave: () => leave(stuckWith), goOn: () => goTo(stuckWith.callbackId) },
    consents,
    busy,
    refusal,
    send,
  };
}
