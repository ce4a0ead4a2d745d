//! What stands in a queue now.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Func, Order, Query};

use crate::consultation::count::{self, Counted};
use crate::ids::{ConsultationId, QueueId};
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};
use crate::time::Time;

/// Waiting consultations whose places are looked at; a place behind it is not told apart.
const PLACES_MAX: u64 = 2_000;

/// The load of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Waiting, active, on hold.
    pub counts: [i64; 3],
    /// Request time of the one that waits longest.
    pub oldest_waiting_since: Option<Time>,
}

/// The load of a queue.
pub async fn load(session: &mut Session, queue: &QueueId) -> Result<Load, StoreError> {
    let mut counts = [0; 3];
    for (stage, count) in (0_i64..).zip(counts.iter_mut()) {
        let counted = Counted { stage: Some(stage), queue: Some(queue), lead: None };
        *count = count::count(session, counted).await?;
    }
    let mut select = Query::select();
    select.expr(Func::min(Expr::col(Table::RequestedAt))).from(Table::Table);
    select.and_where(Expr::col(Table::QueueId).eq(queue.as_str())).and_where(Expr::col(Table::Stage).eq(0_i64));
    let oldest = session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    Ok(Load { counts, oldest_waiting_since: oldest.map(Time::from_millis) })
}

/// Places of all that wait in a queue, from 1.
pub async fn places(session: &mut Session, queue: &QueueId) -> Result<HashMap<ConsultationId, u32>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    select.and_where(Expr::col(Table::QueueId).eq(queue.as_str())).and_where(Expr::col(Table::Stage).eq(0_i64));
    select
        .order_by(Table::QueueOrder, Order::Asc)
        .order_by(Table::RequestedAt, Order::Asc)
        .order_by(Table::Id, Order::Asc);
    select.limit(PLACES_MAX);
    let rows = session.fetch_all(&select).await?;
    rows.iter().zip(1_u32..).map(|(row, place)| Ok((row.id(Table::Id)?, place))).collect()
}
