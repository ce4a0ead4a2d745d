/** Figures of a report for tests: a period in which nothing happened, changed by what a test cares about. */
import type { ReportFigures } from "@consilium/kit/api";

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
    calls: 0,
    calls_completed: 0,
    call_seconds: 0,
    callbacks_due: 0,
    callbacks_on_time_permille: null,
    on_duty_seconds: null,
    occupancy_permille: null,
    concurrency_permille: null,
    ...change,
  };
}
