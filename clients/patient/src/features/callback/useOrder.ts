/** Orders a call-back once, however often the button is pressed. */
import { ownZone, useFormats } from "@consilium/kit/brand";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { paths } from "../../app/paths.ts";
import { applyCallback, queries } from "../../app/queries.ts";
import { useSignedIn } from "../../app/session.tsx";
import { phoneOf, type Refusal, refusalOf, SOON, type Wish, windowOf } from "./model.ts";

export interface Order {
  wish: Wish;
  setWish: (wish: Wish) => void;
  /** As typed; the card's number until something is typed. */
  phone: string;
  setPhone: (text: string) => void;
  reason: string;
  setReason: (text: string) => void;
  busy: boolean;
  refusal: Exclude<Refusal, { kind: "open-already" }> | null;
  send: (queueId: string | null) => Promise<void>;
}

export function useOrder(): Order {
  const { api } = useSignedIn();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const me = useQuery(queries.me(api));
  const [wish, setWish] = useState<Wish>(SOON);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Order["refusal"]>(null);
  const requestId = useRef(crypto.randomUUID());
  const formats = useFormats();
  const known = me.data?.phone ?? null;
  const phone = typed ?? (known === null ? "" : formats.phone(known));

  const send = async (queueId: string | null) => {
    if (queueId === null) return setRefusal({ kind: "service" });
    const window = windowOf(wish);
    const number = phoneOf(phone);
    if (window === null) return setRefusal({ kind: "time" });
    if (phone.trim() !== "" && number === null) return setRefusal({ kind: "phone" });
    setBusy(true);
    setRefusal(null);
    try {
      const words = reason.trim();
      const callback = await api.callbacks.order({
        queue_id: queueId,
        request_id: requestId.current,
        time_zone: ownZone(),
        ...(number === null ? {} : { phone: number }),
        ...(words === "" ? {} : { reason: words }),
        ...(window === undefined ? {} : { window }),
      });
      applyCallback(client, callback);
      await client.invalidateQueries({ queryKey: ["callbacks"] });
      navigate(paths.callback(callback.id), { replace: true });
    } catch (cause) {
      const refused = refusalOf(cause);
      if (refused.kind === "open-already") navigate(paths.callback(refused.callbackId), { replace: true });
      else setRefusal(refused);
    } finally {
      setBusy(false);
    }
  };

  return { wish, setWish, phone, setPhone: setTyped, reason, setReason, busy, refusal, send };
}
