/** The two panes of settings. What is in them comes when they are opened, with its words: few people ever set something up. */
import { type ComponentType, lazy, Suspense } from "react";
import { Fence } from "../../ui/Fence.tsx";
import { Loading } from "../../ui/Loadable.tsx";

type Parts = typeof import("./parts.ts");

function part<P extends object>(choose: (parts: Parts) => ComponentType<P>) {
  return lazy(async () => {
    const parts = await import("./parts.ts");
    await parts.addSettingsWords();
    return { default: choose(parts) };
  });
}

const LazyList = part(({ SettingsListView }) => SettingsListView);
const LazyView = part(({ SettingsView }) => SettingsView);

export function SettingsList() {
  return (
    <Fence of="settings-list">
      <Suspense fallback={<Loading rows={8} rowHeight={40} />}>
        <LazyList />
      </Suspense>
    </Fence>
  );
}

export function SettingsPanel({ name }: { name: string | null }) {
  return (
    <Fence of={`settings/${name}`}>
      <Suspense fallback={<Loading rows={6} rowHeight={64} />}>
        <LazyView key={name} name={name} />
      </Suspense>
    </Fence>
  );
}
