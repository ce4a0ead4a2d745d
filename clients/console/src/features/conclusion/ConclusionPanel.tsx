/** The conclusion beside a consultation or in its record. What writes it comes when it is opened. */
import { deskPart, inPlace } from "../../ui/deskPart.tsx";
import { Fence } from "../../ui/Fence.tsx";

const ConclusionEditor = deskPart(
  async () => (await import("./ConclusionEditor.tsx")).ConclusionEditor,
  inPlace(5, 64),
);

export function ConclusionPanel({ id, asked = false }: { id: string; asked?: boolean }) {
  return (
    <Fence of="conclusion">
      <ConclusionEditor key={id} id={id} asked={asked} />
    </Fence>
  );
}
