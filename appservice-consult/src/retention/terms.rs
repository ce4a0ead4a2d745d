//! Class and time of what is sealed, and of what was sealed before there were any.

use jiff::tz::TimeZone;
use sea_query::{Expr, ExprTrait, Query};

use super::rule;
use crate::consultation::Record;
use crate::ids::{ConsultationId, QueueId};
use crate::store::tables::Consultation as Table;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// What a consultation's records are kept by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Id of the class.
    pub class: String,
    /// When its time is over.
    pub due_at: Time,
    /// Since when it stands in the list of what goes.
    pub listed_at: Option<Time>,
}

/// What a queue says of what ended then; `None`: it is kept for ever.
fn terms(tenant: &Tenant, zone: &TimeZone, queue: &QueueId, ended_at: Time) -> Option<Terms> {
    // A queue that the brand has no more says nothing of its own: the brand's first class counts.
    let brand = &tenant.brand();
    let class =
        brand.queue(queue.as_str()).map_or_else(|| brand.retention.first(), |known| brand.retention_class(known))?;
    Some(Terms { class: class.id.clone(), due_at: rule::due(ended_at, class.keep()?, zone), listed_at: None })
}

/// Notes class and time beside what is sealed in this transaction. What was sealed again after a re-opening has a new time.
pub async fn note(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let ended_at = record.state.ended_at.unwrap_or_else(|| tenant.context.now());
    write(writing, tenant, &tenant.zone(), (&record.id, &record.state.queue, ended_at)).await.map(drop)
}

/// The same, of one that is known by its id, its queue and its end. Returns whether there is a class for it.
pub(super) async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    zone: &TimeZone,
    (id, queue, ended_at): (&ConsultationId, &QueueId, Time),
) -> Result<bool, StoreError> {
    let Some(terms) = terms(tenant, zone, queue, ended_at) else { return Ok(false) };
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::RetentionClass, terms.class.into()),
        (Table::EraseDueAt, terms.due_at.as_millis().into()),
        (Table::EraseListedAt, Expr::val(None::<i64>)),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(|rows| rows > 0)
}
