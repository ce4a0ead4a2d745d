//! How long waiting takes: a range from the queue's own recent waits, or nothing.

use sea_query::{Expr, ExprTrait, Order, Query};

use crate::api::types::WaitEstimate;
use crate::ids::QueueId;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// Waits that count.
const SAMPLE_MAX: u64 = 200;
/// Fewer waits than this are no honest range.
const SAMPLE_MIN: usize = 5;
/// Older waits say nothing about today. Unit: seconds.
const SAMPLE_AGE_SECONDS: i64 = 14 * 24 * 3_600;

/// What waiting in this queue took lately; `None` while there is too little data.
pub async fn estimate(session: &mut Session, queue: &QueueId, now: Time) -> Result<Option<WaitEstimate>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::RequestedAt, Table::FirstTakenAt]).from(Table::Table);
    select.and_where(Expr::col(Table::QueueId).eq(queue.as_str()));
    select.and_where(Expr::col(Table::FirstTakenAt).is_not_null());
    select.and_where(Expr::col(Table::FirstTakenAt).gte(now.plus_seconds(-SAMPLE_AGE_SECONDS).as_millis()));
    select.order_by(Table::FirstTakenAt, Order::Desc).limit(SAMPLE_MAX);
    let rows = session.fetch_all(&select).await?;
    let wait =
        |row: &crate::store::Row| Ok(row.time(Table::FirstTakenAt)?.seconds_since(row.time(Table::RequestedAt)?));
    let waits = rows.iter().map(wait).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(percentiles(waits))
}

/// The 50th and 80th percentile (nearest rank) of at least five waits.
pub fn percentiles(mut waits: Vec<i64>) -> Option<WaitEstimate> {
    if waits.len() < SAMPLE_MIN {
        return None;
    }
    waits.sort_unstable();
    let rank = |percent: usize| nearest_rank(&waits, percent).map(|wait| Ord::max(wait, 0));
    Some(WaitEstimate { p50_seconds: rank(50)?, p80_seconds: rank(80)? })
}

/// A percentile of sorted values that is one of them; none of none. `percent` is 1 to 100.
pub fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    sorted.get((sorted.len() * percent).div_ceil(100).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::percentiles;
    use crate::api::types::WaitEstimate;

    #[test]
    fn too_few_waits_are_no_range() {
        assert_eq!(percentiles(vec![1, 2, 3, 4]), None);
    }

    #[test]
    fn percentiles_are_waits_that_happened() {
        assert_eq!(percentiles((1..=10).rev().collect()), Some(WaitEstimate { p50_seconds: 5, p80_seconds: 8 }));
        assert_eq!(percentiles(vec![60; 5]), Some(WaitEstimate { p50_seconds: 60, p80_seconds: 60 }));
    }
}
