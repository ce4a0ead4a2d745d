/** The bars themselves: a chunk of its own, because the library of charts is larger than the rest of the reports. */
import { BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import type { Bars } from "./chart.ts";
import { type Kind, kindWords } from "./figures.ts";

export interface BarsOfFigureProps {
  chart: Bars;
  kind: Kind;
  locale: string;
  names: { readonly now: string; readonly before: string };
}

/** Pixels at the base size: of a standing chart, of one lying bar, and of the axes. */
const HEIGHT = 280;
const LYING = 36;
const AXES = 60;
/** The eye wants no wider bar, and the ticks no less room for «2 h 30 min» or a name. */
const BAR_WIDTH_MAX = 40;
const NUMBERS_WIDTH = 88;
const NAMES_WIDTH = 150;

export function BarsOfFigure({ chart, kind, locale, names }: BarsOfFigureProps) {
  const { bars, hasBefore, lies } = chart;
  const series = [
    ...(hasBefore ? [{ name: "before", label: names.before, color: "var(--c-line-strong)" }] : []),
    { name: "now", label: names.now, color: "var(--c-brand)" },
  ];
  const numbers = { allowDecimals: kind !== "count" };
  return (
    <BarChart
      h={lies ? AXES + bars.length * (hasBefore ? 1.5 : 1) * LYING : HEIGHT}
      data={bars as unknown as Record<string, unknown>[]}
      dataKey="label"
      orientation={lies ? "vertical" : "horizontal"}
      series={series}
      valueFormatter={(value) => kindWords(kind, value, locale)}
      withLegend={hasBefore}
      gridColor="var(--c-line)"
      textColor="var(--c-text-muted)"
      gridAxis={lies ? "y" : "x"}
      tickLine="none"
      maxBarWidth={BAR_WIDTH_MAX}
      xAxisProps={lies ? numbers : {}}
      yAxisProps={lies ? { width: NAMES_WIDTH } : { width: NUMBERS_WIDTH, ...numbers }}
      barProps={{ radius: lies ? [0, 3, 3, 0] : [3, 3, 0, 0] }}
      // The picture is one for readers of the screen; its numbers are in the table.
      accessibilityLayer={false}
    />
  );
}
