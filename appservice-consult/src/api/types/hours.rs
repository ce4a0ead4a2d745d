//! When a queue works in the days to come, and why not.

use serde::Serialize;
use utoipa::ToSchema;

use super::CallbackWindow;
use crate::ids::QueueId;
use crate::time::Time;

/// When a queue works in the days to come.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueHours {
    /// Which.
    pub queue_id: QueueId,
    /// The time zone (IANA) that its hours are written in; days are those of its clock.
    pub time_zone: String,
    /// Whether it works now. A queue that is closed offers nothing.
    pub open: bool,
    /// When it opens next; null while it is open, and where it does not open in the next two months.
    pub opens_at: Option<Time>,
    /// When it closes next; null while it is closed, and where it does not close in the next two months.
    pub closes_at: Option<Time>,
    /// Today and the thirteen days after it.
    pub days: Vec<DayHours>,
}

/// A day of a queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayHours {
    /// Which (ISO 8601), by the queue's clock.
    pub date: String,
    /// When it works, in order and without overlaps; none: it is closed.
    pub times: Vec<CallbackWindow>,
    /// Name of the holiday that it is, in the caller's language.
    pub holiday: Option<String>,
    /// Closures that touch the day.
    pub closures: Vec<QueueClosure>,
}

/// A time in which a queue is closed once.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueClosure {
    /// From.
    pub start: Time,
    /// To.
    pub end: Time,
    /// Why, as the brand's configuration says.
    pub reason: Option<String>,
}
