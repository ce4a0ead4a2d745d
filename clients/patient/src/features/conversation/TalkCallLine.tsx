/** The service's lines in the dialogue: a call from the patient's end, with the way on that the open consultation leaves; a conclusion. */
import type { Engine, TimelineItem } from "@consilium/kit/matrix";
import { CallLine } from "@consilium/kit/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useAskForCall } from "../../app/ask-for-call.ts";
import { useCalls } from "../../app/calls.tsx";
import { type Head, nextAfterCall } from "./model.ts";
import { TalkConclusionLine } from "./TalkConclusionLine.tsx";

export function useServiceLines(engine: Engine | null, roomId: string, head: Head, isCallOrdered: boolean) {
  const { t } = useTranslation();
  const { calls, wish } = useCalls();
  const ask = useAskForCall();
  const canCall = calls !== null;
  return useCallback(
    (item: TimelineItem) => {
      if (item.kind === "conclusion") return <TalkConclusionLine item={item} />;
      if (item.kind !== "call") return null;
      const next = nextAfterCall(item, head, canCall);
      const { consultationId } = item;
      if (next === "call-me-back" && engine !== null && !isCallOrdered) {
        const queueId = head.kind === "resting" ? null : head.consultation.queue.id;
        const onPress = () => ask(engine, roomId, queueId);
        return <CallLine item={item} side="patient" action={{ label: t("talk.callMeBack"), onPress }} />;
      }
      if (next === "call-again" && consultationId !== null) {
        const onPress = () => wish.set({ want: "call", consultationId, kind: item.call });
        return <CallLine item={item} side="patient" action={{ label: t("talk.callAgain"), onPress }} />;
      }
      return <CallLine item={item} side="patient" />;
    },
    [engine, roomId, head, canCall, isCallOrdered, ask, wish, t],
  );
}
