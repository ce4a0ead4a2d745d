//! When a member of staff is on duty by his own schedule: times of the week as queues have them, without the clinic's holidays. Pure: the clock comes as a value.
//!
//! It is a plan that the desk shows. Deliberately absent: what he is offered, which goes by his status alone, for who came in place of a colleague is there.

use consilium_config::Brand;
use consilium_config::brand::{HOURS_MAX, Hours};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::service::OperatorError;
use crate::api::types::FieldError;
use crate::ids::QueueId;
use crate::queue::Calendar;
use crate::time::Time;

/// Today, and the days after it for which times of duty are told: the same day of the next week among them.
const DAYS_TOLD: usize = 8;

/// A week of duty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its times; none: there is no schedule.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// The zone that they are written in; `None`: the brand's. Unit: IANA name.
    #[serde(default)]
    pub time_zone: Option<String>,
}

impl Schedule {
    /// The same as it is kept, if it can be so.
    ///
    /// Errors: `Invalid`, by the fields `hours`, `hours[place]` and `time_zone`, with the codes of a queue's.
    pub(super) fn checked(self) -> Result<Self, OperatorError> {
        let Self { hours, time_zone } = self;
        if hours.len() > HOURS_MAX {
            let wrong = FieldError::new("hours", "write days with the same times together").code("too_many");
            return Err(OperatorError::Invalid(wrong.with("most", HOURS_MAX)));
        }
        if let Some(place) = hours.iter().position(|hours| !hours.is_time()) {
            let wrong = FieldError::new(format!("hours[{place}]"), "days, and an end later than the begin");
            return Err(OperatorError::Invalid(wrong.code("later_end")));
        }
        let time_zone = time_zone.map(|zone| zone.trim().to_owned()).filter(|zone| !zone.is_empty());
        if time_zone.as_ref().is_some_and(|zone| TimeZone::get(zone).is_err()) {
            let wrong = FieldError::new("time_zone", "an IANA name, such as Europe/Moscow").code("time_zone");
            return Err(OperatorError::Invalid(wrong));
        }
        Ok(Self { hours, time_zone })
    }

    /// The times of duty of today and the days after it, in order; `None`: there is no schedule. A holiday is free for whom no queue of his has work then.
    pub fn duty(&self, brand: &Brand, queues: &[QueueId], now: Time) -> Option<Vec<(Time, Time)>> {
        if self.hours.is_empty() {
            return None;
        }
        let zone = self.time_zone.as_deref().unwrap_or(&brand.time_zone);
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let works = |queue: &QueueId| brand.queue(queue.as_str()).is_some_and(|queue| !queue.keeps_holidays);
        let is_free = !queues.iter().any(works);
        let holidays = if is_free { brand.holidays.as_slice() } else { &[] };
        let days = Calendar::new(&self.hours, zone).keeping(holidays).days(now, DAYS_TOLD);
        Some(days.into_iter().flat_map(|day| day.times).collect())
    }
}
