/** The icon of a queue, by the name that the brand's configuration gives (a Tabler outline name). Until the icons are here its place is kept. */
import { lazy, Suspense } from "react";
import { IconMessageCircle } from "./icons.ts";

interface ServiceIconProps {
  name: string;
  size?: number;
}

const Bubble = ({ size }: { size: number }) => <IconMessageCircle size={size} stroke={1.75} aria-hidden />;

/** Without a network, and never fetched before: a speech bubble does as well. */
const Glyph = lazy(() =>
  import("./ServiceGlyph.tsx").then(
    ({ ServiceGlyph }) => ({ default: ServiceGlyph }),
    () => ({ default: Bubble }),
  ),
);

export function ServiceIcon({ name, size = 24 }: ServiceIconProps) {
  const place = <span style={{ display: "inline-block", width: size, height: size }} aria-hidden />;
  return (
    <Suspense fallback={place}>
      <Glyph name={name} size={size} />
    </Suspense>
  );
}
