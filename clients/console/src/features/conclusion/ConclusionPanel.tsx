/** The conclusion beside a consultation or in its record. What writes it comes when it is opened. */
import { lazy, Suspense } from "react";
import { Fence } from "../../ui/Fence.tsx";
import { Loading } from "../../ui/Loadable.tsx";

const ConclusionEditor = lazy(async () => ({
  default: (await import("./ConclusionEditor.tsx")).ConclusionEditor,
}));

export function ConclusionPanel({ id, asked = false }: { id: string; asked?: boolean }) {
  return (
    <Fence of="conclusion">
      <Suspense fallback={<Loading rows={5} rowHeight={64} />}>
        <ConclusionEditor key={id} id={id} asked={asked} />
      </Suspense>
    </Fence>
  );
}
