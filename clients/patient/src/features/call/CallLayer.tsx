/** Everything of calls that lies over the app: one thing at a time, by where the call stands. */
import type { CallFailure, Calls } from "@consilium/kit/calls";
import type { Cell } from "@consilium/kit/matrix";
import { useReadable } from "@consilium/kit/ui";
import { useTurnTones } from "@consilium/kit/ui/call";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallWish } from "../../app/calls.tsx";
import { CallingView } from "./CallingView.tsx";
import { EndView } from "./EndView.tsx";
import { FailureDialog } from "./FailureDialog.tsx";
import { FirstCheck } from "./FirstCheck.tsx";
import css from "./InCall.module.css";
import { InCallView } from "./InCallView.tsx";
import { IncomingView } from "./IncomingView.tsx";
import { wasChecked } from "./model.ts";

export interface CallLayerProps {
  calls: Calls;
  wish: Cell<CallWish | null>;
}

export function CallLayer({ calls, wish }: CallLayerProps) {
  const place = useReadable(calls.place);
  const [failure, setFailure] = useState<CallFailure | null>(null);
  useTurnTones(place?.at ?? null);
  const wanted = useLastWanted(wish);
  switch (place?.at) {
    case "ringing":
      return <IncomingView key={place.call.id} calls={calls} place={place} />;
    case "calling":
      return <CallingView calls={calls} place={place} wanted={wanted} />;
    case "in":
      return <InCallView key={place.call.id} calls={calls} place={place} />;
    case "over":
      return <EndView calls={calls} place={place} wish={wish} />;
    case undefined:
      return (
        <>
          <StillOn calls={calls} onFailure={setFailure} />
          <Wishes calls={calls} wish={wish} onFailure={setFailure} />
          {failure !== null && <FailureDialog failure={failure} onClose={() => setFailure(null)} />}
        </>
      );
  }
}

/** The consultation of the last wish: whom the screen names before the service has answered. */
function useLastWanted(wish: Cell<CallWish | null>): string | null {
  const current = useReadable(wish);
  const last = useRef<string | null>(null);
  if (current?.want === "call") last.current = current.consultationId;
  return last.current;
}

/** The page was loaded anew in the middle of a call: one press leads back. */
function StillOn({ calls, onFailure }: { calls: Calls; onFailure: (why: CallFailure | null) => void }) {
  const { t } = useTranslation();
  const call = useReadable(calls.open).find(({ state }) => state === "answered");
  if (call === undefined) return null;
  return (
    <p className={css.ended} role="status">
      <span>{t("call.goesOn")}</span>
      <button
        type="button"
        className={css.rejoin}
        onClick={() => void calls.join(call, call.kind).then(onFailure)}
      >
        {t("call.rejoin")}
      </button>
    </p>
  );
}

/** What was asked for by a button somewhere: a call at once, or after the first look at microphone and camera. */
function Wishes({
  calls,
  wish,
  onFailure,
}: CallLayerProps & { onFailure: (why: CallFailure | null) => void }) {
  const wanted = useReadable(wish);
  const direct = wanted?.want === "call" && wasChecked(wanted.kind);
  const latest = useRef(onFailure);
  useEffect(() => {
    latest.current = onFailure;
  });
  useEffect(() => {
    if (!direct || wanted?.want !== "call") return;
    wish.set(null);
    void calls.start(wanted.consultationId, wanted.kind).then((why) => latest.current(why));
  }, [direct, wanted, calls, wish]);
  if (wanted === null || direct) return null;
  if (wanted.want === "reason") return <WhyNone calls={calls} onClose={() => wish.set(null)} />;
  return (
    <FirstCheck
      calls={calls}
      wish={wanted}
      onClose={() => wish.set(null)}
      onCall={(kind) => {
        wish.set(null);
        if (wanted.want === "call") void calls.start(wanted.consultationId, kind).then(onFailure);
      }}
    />
  );
}

function WhyNone({ calls, onClose }: { calls: Calls; onClose: () => void }) {
  const availability = useReadable(calls.availability);
  const reason = availability.state === "unavailable" ? availability.reason : null;
  return <FailureDialog failure={reason ?? "unavailable"} onClose={onClose} />;
}
