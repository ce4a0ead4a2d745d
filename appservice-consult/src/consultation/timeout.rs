//! Consultations whose time has come: a hold that ends, a wait that was too long.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::command::{Command, Refusal};
use super::error::ConsultationError;
use super::order;
use super::transition::{Circumstances, apply};
use crate::actor::Actor;
use crate::ids::{ConsultationId, OperatorId, QueueId};
use crate::store::StoreError;
use crate::store::tables::Consultation as Table;
use crate::tenant::Tenant;

/// Consultations looked at in one round.
const BATCH: u64 = 200;

/// When a deadline that turned out not to be one is looked at again.
const LOOK_AGAIN_SECONDS: i64 = 60;

/// What time did.
#[derive(Debug, Default)]
pub struct Moved {
    /// How many consultations moved.
    pub consultations: usize,
    /// Who let an offer lapse.
    pub missed: Vec<OperatorId>,
}

/// Lets time pass for every consultation that is due.
pub async fn run_due(tenant: &Tenant) -> Result<Moved, ConsultationError> {
    let mut moved = Moved::default();
    for Due { id, queue, offered_to } in due(tenant).await? {
        let abandon_after_seconds = tenant.brand().queue(queue.as_str()).map_or(i64::MAX, order::abandon_after_seconds);
        let circumstances = Circumstances { actor: &Actor::System, note: None, by_macro: None };
        match apply(tenant, &id, &Command::TimeOut { abandon_after_seconds }, circumstances).await {
            Ok(_) => {
                moved.consultations += 1;
                moved.missed.extend(offered_to);
            }
            Err(ConsultationError::Refused(Refusal::NotDue)) => look_again(tenant, &id).await?,
            Err(error) => return Err(error),
        }
    }
    Ok(moved)
}

/// The queue's times were changed since the deadline was set: it is looked at again a little later.
async fn look_again(tenant: &Tenant, id: &ConsultationId) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let again = tenant.context.now().plus_seconds(LOOK_AGAIN_SECONDS);
    let mut update = Query::update();
    update.table(Table::Table).value(Table::DueAt, again.as_millis()).and_where(Expr::col(Table::Id).eq(id.as_str()));
    // Whoever acted on it meanwhile has set another one.
    update.and_where(Expr::col(Table::DueAt).lte(tenant.context.now().as_millis()));
    writing.execute(&update).await?;
    writing.commit().await
}

struct Due {
    id: ConsultationId,
    queue: QueueId,
    offered_to: Option<OperatorId>,
}

async fn due(tenant: &Tenant) -> Result<Vec<Due>, StoreError> {
    let now = tenant.context.now().as_millis();
    let mut select = Query::select();
    select
        .columns([Table::Id, Table::QueueId, Table::OfferedTo])
        .from(Table::Table)
        .and_where(Expr::col(Table::DueAt).lte(now));
    select.order_by(Table::DueAt, Order::Asc).limit(BATCH);
    let mut reading = tenant.store.read().await?;
    let rows = reading.fetch_all(&select).await?;
    let one = |row: &crate::store::Row| {
        Ok(Due {
            id: row.id(Table::Id)?,
            queue: row.id(Table::QueueId)?,
            offered_to: row.id_or_null(Table::OfferedTo)?,
        })
    };
    rows.iter().map(one).collect()
}
