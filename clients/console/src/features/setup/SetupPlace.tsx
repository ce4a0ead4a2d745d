/** The pane of the first steps. What is in it comes when it is opened, with its words: it is looked at for a few days. */
import { deskPart, inPlace } from "../../ui/deskPart.tsx";
import { Fence } from "../../ui/Fence.tsx";

const LaterView = deskPart(
  async () => {
    const parts = await import("./parts.ts");
    await parts.addSetupWords();
    return parts.SetupView;
  },
  inPlace(6, 64),
);

export function SetupPlace() {
  return (
    <Fence of="setup">
      <LaterView />
    </Fence>
  );
}
