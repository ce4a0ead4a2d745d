import { describe, expect, it } from "vitest";
import { figures } from "../../../testing/figures.ts";
import { EN as en, RU as ru } from "../../../testing/words.ts";
import { barsOf } from "./chart.ts";
import {
  AREAS,
  deltaOf,
  FIGURE_IDS,
  figureOf,
  figuresIn,
  figureWords,
  HEADLINES,
  isFigure,
} from "./figures.ts";
import { sparkPath } from "./spark.ts";

describe("a figure", () => {
  it("is read out of the answer, and null where there was no case", () => {
    const some = figures({
      entered: 3,
      wait: { median_seconds: 60, p90_seconds: 90 },
      occupancy_permille: 425,
    });
    expect(figureOf("waitP90").of(some)).toBe(90);
    expect(figureOf("handlingP90").of(some)).toBeNull();
    expect(figureOf("occupancy").of(some)).toBe(425);
  });

  it("has a name and a definition in both languages, and an area", () => {
    for (const id of FIGURE_IDS) {
      for (const words of [en, ru]) {
        expect(words.reports.figure[id].name).not.toBe("");
        expect(words.reports.figure[id].about).not.toBe("");
      }
      expect(AREAS).toContain(figureOf(id).area);
    }
    expect(HEADLINES.every(isFigure)).toBe(true);
    expect(isFigure("toString")).toBe(false);
  });

  it("is written as people read it, and «—» is not nought", () => {
    expect(figureWords("entered", 1_234, "en-GB")).toBe("1,234");
    expect(figureWords("abandonment", 125, "en-GB")).toBe("12.5%");
    expect(figureWords("concurrency", 1_250, "en-GB")).toBe("1.25");
    expect(figureWords("abandonment", 0, "en-GB")).toBe("0%");
    expect(figureWords("abandonment", null, "en-GB")).toBe("—");
  });

  it("that is measured in thousandths of a second is told in them", () => {
    expect(figureWords("callJitter", 12, "en-GB")).toBe("12 ms");
    expect(figureWords("callRoundTrip", null, "en-GB")).toBe("—");
  });

  it("of promises, depth and quality is read where it stands", () => {
    const some = figures({
      sla_wait: { kept: 3, broken: 1, kept_permille: 750 },
      depth_average_permille: 1_400,
      callbacks_due: 5,
      callbacks_on_time: 3,
    });
    expect(figureOf("slaWait").of(some)).toBe(750);
    expect(figureOf("slaWaitBroken").of(some)).toBe(1);
    expect(figureWords("depthAverage", figureOf("depthAverage").of(some), "en-GB")).toBe("1.4");
    expect(figureOf("callbacksLate").of(some)).toBe(2);
    expect(figureOf("callsPoor").of(some)).toBe(0);
  });

  it("of operators is left out where no row has one", () => {
    expect(figuresIn("operators", [figures()])).toEqual([]);
    expect(figuresIn("operators", [figures(), figures({ on_duty_seconds: 0 })])).toEqual(["onDuty"]);
    expect(figuresIn("queues", [figures()])).toEqual([]);
    expect(figuresIn("queues", [figures({ depth_max: 0 })])).toEqual(["depthMax"]);
    expect(figuresIn("answer", [figures()])).toHaveLength(4);
  });
});

describe("a difference to the period before", () => {
  const of = (id: Parameters<typeof deltaOf>[0], now: number | null, before: number | null) =>
    deltaOf(id, now, before, "en-GB");

  it("of counts is told in percent, and as it is where there was nothing", () => {
    expect(of("entered", 108, 100)).toMatchObject({ is: "more", by: "8%", tone: "plain" });
    expect(of("entered", 1_001, 1_000)).toMatchObject({ by: "0.1%" });
    expect(of("entered", 5, 0)).toMatchObject({ is: "more", by: "5" });
  });

  it("of shares is told in points, of times in time", () => {
    expect(of("abandonment", 125, 100)).toMatchObject({ is: "more", kind: "share", by: "2.5", tone: "bad" });
    expect(of("waitMedian", 60, 180)).toMatchObject({ is: "less", kind: "span", by: "2m", tone: "good" });
    expect(of("callbacksOnTime", 900, 950)).toMatchObject({ is: "less", tone: "bad" });
  });

  it("is none where nothing changed, and unknown where there was no case", () => {
    expect(of("entered", 0, 0)).toEqual({ is: "same" });
    expect(of("waitMedian", null, 60)).toEqual({ is: "unknown" });
    expect(of("waitMedian", 60, null)).toEqual({ is: "unknown" });
  });
});

describe("the chart", () => {
  const row = (key: string, entered: number, wait: number | null = null) => ({
    key,
    name: key,
    figures: figures({
      entered,
      ...(wait !== null && { wait: { median_seconds: wait, p90_seconds: wait } }),
    }),
  });
  const report = (group: "day" | "queue", rows: ReturnType<typeof row>[]) => ({
    time_zone: "UTC",
    group,
    rows,
    total: figures(),
  });

  it("leaves a gap where there was no case, and sets days beside the days before", () => {
    const now = report("day", [row("2026-11-02", 2, 60), row("2026-11-03", 0)]);
    const before = report("day", [row("2026-10-31", 1, 30), row("2026-11-01", 1, 90)]);
    const { bars, hasBefore, lies } = barsOf(now, before, "waitMedian", ({ key }) => key);
    expect(bars).toEqual([
      { label: "2026-11-02", now: 60, before: 30 },
      { label: "2026-11-03", before: 90 },
    ]);
    expect([hasBefore, lies]).toEqual([true, false]);
  });

  it("draws so many names as a picture bears, and says how many are left", () => {
    const many = Array.from({ length: 23 }, (_, index) => row(`q${index}`, index));
    const { bars, left, lies } = barsOf(report("queue", many), undefined, "entered", ({ key }) => key);
    expect([bars.length, left, lies]).toEqual([20, 3, true]);
  });
});

describe("a sparkline", () => {
  it("goes from nought to the greatest, and breaks where there is no value", () => {
    expect(sparkPath([0, 5, 10], 100, 10)).toBe("M0 10L50 5L100 0");
    expect(sparkPath([1, null, 1, 1], 90, 10)).toBe("M0 0M60 0L90 0");
    expect(sparkPath([0, 0], 10, 10)).toBe("M0 10L10 10");
    expect(sparkPath([null, 3], 10, 10)).toBeNull();
  });
});
