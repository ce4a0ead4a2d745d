/** Looks at a call's counters again and again: whether media flow, whether the network is weak, and the report of quality. */
import type { QualityReport } from "../../api/index.ts";
import { type Flow, type FlowState, flowState, nextFlow, startFlow } from "./flow.ts";
import { forgiven, NOTHING, reportOf, type Snapshot, type StatEntry, snapshotOf } from "./quality.ts";
import type { LinkQuality } from "./types.ts";
import { nextWeakness, STRONG, type Weakness } from "./weak.ts";

/** A stall of two seconds is seen at most this late. */
export const LOOK_MS = 500;
export const LINK_MS = 2_000;
/** So long after a camera came back its first picture may take; until then a freeze is none. */
const CAMERA_BACK_MS = 2_000;
/** As the service wants it. */
export const REPORT_MS = 10_000;

export interface Watched {
  stats(): Promise<Iterable<StatEntry>>;
  /** Whether somebody sends something that this device takes. */
  isSent(): boolean;
  quality(): LinkQuality;
  onFlow(state: FlowState): void;
  onWeak(isWeak: boolean): void;
  onReport(report: QualityReport): void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

interface Mark {
  at: number;
  snapshot: Snapshot;
}

export class Watch {
  private readonly watched: Watched;
  private readonly timer: ReturnType<typeof setInterval>;
  private flow: Flow | null = null;
  private latest: Snapshot = NOTHING;
  private weakness: Weakness = STRONG;
  private link: Mark;
  private report: Mark;
  private forgivesUntil = 0;
  private isLooking = false;
  private isOver = false;

  constructor(watched: Watched) {
    this.watched = watched;
    this.link = { at: watched.now(), snapshot: NOTHING };
    this.report = { ...this.link };
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** Somebody's camera came back, or a new picture began. */
  pictureBegan(): void {
    this.forgivesUntil = this.watched.now() + CAMERA_BACK_MS;
  }

  stop(): void {
    this.isOver = true;
    clearInterval(this.timer);
  }

  /** A browser that does not answer counts as silence: the clock goes on with what was known. */
  private look(): void {
    if (!this.isLooking) {
      this.isLooking = true;
      void this.watched
        .stats()
        .then((entries) => {
          this.latest = snapshotOf(entries);
        })
        .catch(() => undefined)
        .finally(() => {
          this.isLooking = false;
          this.judge();
        });
    } else this.judge();
  }

  private judge(): void {
    if (this.isOver) return;
    const { watched, latest } = this;
    const at = watched.now();
    const sample = { at, bytes: latest.bytes, checks: latest.checks, isSent: watched.isSent() };
    this.flow = this.flow === null ? startFlow(sample) : nextFlow(this.flow, sample);
    watched.onFlow(flowState(this.flow));
    if (at < this.forgivesUntil)
      for (const mark of [this.link, this.report]) mark.snapshot = forgiven(mark.snapshot, latest);
    if (at - this.link.at >= LINK_MS) this.judgeLink(at);
    if (at - this.report.at >= REPORT_MS) this.tell(at);
  }

  private judgeLink(at: number): void {
    const { at: since, snapshot } = this.link;
    const report = reportOf(snapshot, this.latest);
    this.link = { at, snapshot: this.latest };
    const before = this.weakness.isWeak;
    this.weakness = nextWeakness(this.weakness, {
      at,
      quality: this.watched.quality(),
      lossPermille: report?.loss_permille ?? 0,
      roundTripMs: this.latest.roundTripMs ?? 0,
      freezeShare: (report?.freeze_ms ?? 0) / (at - since),
    });
    if (this.weakness.isWeak !== before) this.watched.onWeak(this.weakness.isWeak);
  }

  /** Only where media came: the service takes a report as the proof of it. */
  private tell(at: number): void {
    const report = reportOf(this.report.snapshot, this.latest);
    this.report = { at, snapshot: this.latest };
    if (report !== null) this.watched.onReport(report);
  }
}
