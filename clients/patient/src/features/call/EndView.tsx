/** How a call ended, and one way on where there is one. Goes by itself. */
import { useFormats } from "@consilium/kit/brand";
import type { CallPlace, Calls } from "@consilium/kit/calls";
import type { Cell } from "@consilium/kit/matrix";
import { Dialog } from "@consilium/kit/ui";
import { endTitle } from "@consilium/kit/ui/call";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAskForCall } from "../../app/ask-for-call.ts";
import { callbackIn } from "../../app/callbacks.ts";
import type { CallWish } from "../../app/calls.tsx";
import { queries } from "../../app/queries.ts";
import { useEngine, useSignedIn } from "../../app/session.tsx";
import css from "./InCall.module.css";
import { wayOn } from "./model.ts";

export interface EndViewProps {
  calls: Calls;
  place: CallPlace & { at: "over" };
  wish: Cell<CallWish | null>;
}

export function EndView({ calls, place, wish }: EndViewProps) {
  const { t } = useTranslation();
  const { t: kit } = useTranslation("kit");
  const { call, why } = place;
  const text = useEndText(place);
  const close = () => calls.dismiss();
  const title = kit(endTitle(call, why, "patient"));
  // Nothing to decide: a line that goes by itself keeps nobody from writing.
  if (wayOn(call, why) === null && why !== "removed") {
    return (
      <p className={css.ended} role="status">
        {[title, text].filter((part) => part !== null).join(" · ")}
      </p>
    );
  }
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      footer={
        <>
          <Button variant="default" onClick={close}>
            {t("call.close")}
          </Button>
          <NextButton calls={calls} place={place} wish={wish} />
        </>
      }
    >
      {text !== null && <p>{text}</p>}
    </Dialog>
  );
}

function NextButton({ calls, place, wish }: EndViewProps) {
  const { t } = useTranslation();
  const engine = useEngine();
  const { api } = useSignedIn();
  const ask = useAskForCall();
  const { call, why } = place;
  const next = wayOn(call, why);
  const { data } = useQuery(queries.conversations(api));
  const callbacks = useQuery(queries.callbacks(api)).data?.items ?? [];
  const { consultation_id: consultationId, kind } = call;
  if (next === "call-again" && consultationId !== null) {
    return (
      <Button
        onClick={() => {
          calls.dismiss();
          wish.set({ want: "call", consultationId, kind });
        }}
      >
        {t("talk.callAgain")}
      </Button>
    );
  }
  // Who ordered a call-back is called again anyway.
  const isOrdered = callbackIn(callbacks, call.conversation_id) !== null;
  if (next !== "call-me-back" || engine === null || isOrdered) return null;
  const open = data?.conversations.find(({ id }) => id === call.conversation_id)?.open_consultation;
  return (
    <Button
      onClick={() => {
        calls.dismiss();
        ask(engine, call.room_id, open?.queue.id ?? null);
      }}
    >
      {t("talk.callMeBack")}
    </Button>
  );
}

function useEndText({ call, why }: EndViewProps["place"]): string | null {
  const { t } = useTranslation("kit");
  const { clock } = useFormats();
  switch (why) {
    case "completed":
      return call.talked_seconds > 0
        ? t("call.end.completedText", { time: clock(call.talked_seconds) })
        : null;
    case "lost":
    case "removed":
      return t(`call.end.${why}Text`);
    case "declined":
      if (call.caller_side === "staff" || call.decline_reason === null || call.decline_reason === "none")
        return null;
      return t("call.end.declinedText", { words: t(`call.reason.${call.decline_reason}`) });
    case "busy":
      return call.caller_side === "patient" ? t("call.end.busyText") : null;
    case "missed":
    case "cancelled":
      return call.caller_side === "staff" ? call.caller_name : null;
    case "elsewhere":
      return null;
  }
}
