/** Figures of a report for tests: a period in which nothing happened, changed by what a test cares about. */
import type { ReportFigures } from "@consilium/kit/api";

const NO_PROMISE = { kept: 0, broken: 0, kept_permille: null };

export function figures(change: Partial<ReportFigures> = {}): ReportFigures {
  return {
    entered: 0,
    answered: 0,
    closed: 0,
    abandoned: 0,
    abandonment_permille: null,
    wait: null,
    first_response: null,
    handling: null,
    resolution: null,
    transfers: 0,
    reopened: 0,
    rated: 0,
    rating_permille: null,
    response_permille: null,
    sla: NO_PROMISE,
    sla_wait: NO_PROMISE,
    sla_first_response: NO_PROMISE,
    sla_resolution: NO_PROMISE,
    depth_average_permille: null,
    depth_max: null,
    calls: 0,
    calls_completed: 0,
    call_seconds: 0,
    call_quality: {
      measured: 0,
      poor: 0,
      loss_permille: null,
      jitter_ms: null,
      round_trip_ms: null,
      freezes: 0,
    },
    callbacks_due: 0,
    callbacks_on_time: 0,
    callbacks_on_time_permille: null,
    on_duty_seconds: null,
    occupancy_permille: null,
    concurrency_permille: null,
    ...change,
  };
}
