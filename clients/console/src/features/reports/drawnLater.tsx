/** What is drawn comes later than the reports: the library of charts is larger than the rest of them. A drawing that does not come is said, and asked for again. */
import { SkeletonBlock } from "@consilium/kit/ui";
import type { ComponentType, ReactNode } from "react";
import { deskPart } from "../../ui/deskPart.tsx";
import { Problem } from "../../ui/Loadable.tsx";
import type { BarsOfFigureProps } from "./BarsOfFigure.tsx";
import classes from "./FigureChart.module.css";

/** `label` says what is drawn to who cannot see it. */
type Drawn = BarsOfFigureProps & { readonly label: string };

export function drawnLater(
  load: () => Promise<ComponentType<BarsOfFigureProps>>,
): (props: Drawn) => ReactNode {
  return deskPart<Drawn>(
    async () => {
      const Bars = await load();
      return (props) => <Drawing bars={Bars} {...props} />;
    },
    {
      waiting: <SkeletonBlock width="100%" height={280} />,
      failed: (problem, again) => <Problem error={problem} onRetry={again} />,
    },
  );
}

function Drawing({
  bars: Bars,
  label,
  ...figure
}: Drawn & { readonly bars: ComponentType<BarsOfFigureProps> }) {
  return (
    <div className={classes.bars} role="img" aria-label={label}>
      <Bars {...figure} />
    </div>
  );
}
