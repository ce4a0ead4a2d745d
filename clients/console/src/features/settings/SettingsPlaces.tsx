/** The two panes of settings. What is in them comes when they are opened, with its words: few people ever set something up. */
import type { ComponentType } from "react";
import { deskPart, inPlace } from "../../ui/deskPart.tsx";
import { Fence } from "../../ui/Fence.tsx";

type Parts = typeof import("./parts.ts");

function part<P extends object>(choose: (parts: Parts) => ComponentType<P>, rows: number, rowHeight: number) {
  return deskPart(
    async () => {
      const parts = await import("./parts.ts");
      await parts.addSettingsWords();
      return choose(parts);
    },
    inPlace(rows, rowHeight),
  );
}

const LaterList = part(({ SettingsListView }) => SettingsListView, 8, 40);
const LaterView = part(({ SettingsView }) => SettingsView, 6, 64);

export function SettingsList() {
  return (
    <Fence of="settings-list">
      <LaterList />
    </Fence>
  );
}

export function SettingsPanel({ name }: { name: string | null }) {
  return (
    <Fence of={`settings/${name}`}>
      <LaterView key={name} name={name} />
    </Fence>
  );
}
