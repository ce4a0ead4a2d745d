//! Who comes next: the one place that says how priority, queue and waiting time make an order.

use consilium_config::brand::Queue;

use super::state::{Phase, State};
use crate::time::Time;

/// How far one step of a consultation's priority outweighs the priorities of queues, which are 0 to 100.
const STEP: i64 = 1_000;

/// Smaller goes first; equals go by the time of the request.
pub fn queue_order(priority: i64, queue: Option<&Queue>) -> i64 {
    let of_queue = queue.map_or(0, |queue| i64::from(queue.priority));
    priority.saturating_mul(STEP).saturating_add(of_queue).saturating_neg()
}

/// When a time-out has to be looked at.
pub fn due_at(state: &State, queue: Option<&Queue>) -> Option<Time> {
    match &state.phase {
        Phase::Queued => queue.map(|queue| state.phase_since.plus_seconds(abandon_after_seconds(queue))),
        Phase::Offered { until, .. } => Some(*until),
        Phase::OnHold { until, .. } => *until,
        Phase::Active { .. } | Phase::Archived | Phase::Cancelled | Phase::Abandoned => None,
    }
}

/// How long a consultation may wait in this queue. Unit: seconds.
pub fn abandon_after_seconds(queue: &Queue) -> i64 {
    i64::from(queue.abandon_after_minutes) * 60
}

/// How long after the end a message re-opens. Unit: seconds.
pub fn grace_seconds(queue: &Queue) -> i64 {
    i64::from(queue.reopen_grace_minutes) * 60
}
