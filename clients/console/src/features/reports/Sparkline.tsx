/** How a figure went over the rows, without numbers: those stand in the table. */
import classes from "./Sparkline.module.css";
import { sparkPath } from "./spark.ts";

const [WIDTH, HEIGHT] = [100, 24];

export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const path = sparkPath(values, WIDTH, HEIGHT);
  if (path === null) return null;
  return (
    <svg className={classes.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
