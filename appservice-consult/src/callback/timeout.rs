//! Call-backs whose time has come: nobody called by then.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::command::{Command, Refusal};
use super::error::CallbackError;
use super::record::STAGE_ENDED;
use super::transition::{Circumstances, apply};
use crate::actor::Actor;
use crate::ids::CallbackId;
use crate::store::StoreError;
use crate::store::tables::Callback as Table;
use crate::tenant::Tenant;

/// Call-backs looked at in one round.
const BATCH: u64 = 200;

/// Lets time pass for every call-back that is due; returns how many became overdue.
pub async fn run_due(tenant: &Tenant) -> Result<usize, CallbackError> {
    let mut overdue = 0;
    for id in due(tenant).await? {
        match apply(tenant, &id, Circumstances::of(&Actor::System), |_, _| Ok(Command::TimeOut)).await {
            Ok(_) => overdue += 1,
            // Somebody acted on it meanwhile.
            Err(CallbackError::Refused(Refusal::NotDue)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(overdue)
}

async fn due(tenant: &Tenant) -> Result<Vec<CallbackId>, StoreError> {
    let now = tenant.context.now().as_millis();
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::DueAt).lte(now));
    select.and_where(Expr::col(Table::Stage).lt(STAGE_ENDED)).and_where(Expr::col(Table::OverdueSince).is_null());
    select.order_by(Table::DueAt, Order::Asc).limit(BATCH);
    let mut reading = tenant.store.read().await?;
    reading.fetch_all(&select).await?.iter().map(|row| row.id(Table::Id)).collect()
}
