/** A conclusion in the dialogue, with the way to open it. */
import type { ConclusionItem } from "@consilium/kit/matrix";
import { ConclusionLine, usePdf } from "@consilium/kit/ui";
import { useCallback } from "react";
import { useSignedIn } from "../../app/session.tsx";

export function TalkConclusionLine({ item }: { item: ConclusionItem }) {
  const { api } = useSignedIn();
  const { open, busy, failed } = usePdf(
    useCallback(() => api.conclusions.pdf(item.consultationId), [api, item.consultationId]),
  );
  return <ConclusionLine item={item} onOpen={open} busy={busy} failed={failed} />;
}
