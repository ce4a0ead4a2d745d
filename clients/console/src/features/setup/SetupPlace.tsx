/** The pane of the first steps. What is in it comes when it is opened, with its words: it is looked at for a few days. */
import { deskPart } from "../../ui/deskPart.ts";
import { Fence } from "../../ui/Fence.tsx";
import { Loading, Problem } from "../../ui/Loadable.tsx";

const LaterView = deskPart(
  async () => {
    const parts = await import("./parts.ts");
    await parts.addSetupWords();
    return parts.SetupView;
  },
  {
    waiting: <Loading rows={6} rowHeight={64} />,
    failed: (problem, again) => <Problem error={problem} onRetry={again} />,
  },
);

export function SetupPlace() {
  return (
    <Fence of="setup">
      <LaterView />
    </Fence>
  );
}
