/** The pane of the first steps. What is in it comes when it is opened, with its words: it is looked at for a few days. */
import { lazy, Suspense } from "react";
import { Fence } from "../../ui/Fence.tsx";
import { Loading } from "../../ui/Loadable.tsx";

const LazyView = lazy(async () => {
  const parts = await import("./parts.ts");
  await parts.addSetupWords();
  return { default: parts.SetupView };
});

export function SetupPlace() {
  return (
    <Fence of="setup">
      <Suspense fallback={<Loading rows={6} rowHeight={64} />}>
        <LazyView />
      </Suspense>
    </Fence>
  );
}
