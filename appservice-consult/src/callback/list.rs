//! Lists of call-backs: filters, orders, pages. Every order follows an index and pages by key, never by offset.

use std::sync::Arc;

use sea_query::{Cond, Expr, ExprTrait, Order, Query};

use super::error::CallbackError;
use super::record::{self, Record};
use super::sight;
use crate::api::types::{
    CallbackDue, CallbackOutcome, CallbackPhase, CallbackQuery, CallbackSort, CallbackSource, CallbackView,
};
use crate::ids::{OperatorId, PatientId, QueueId};
use crate::operator::Member;
use crate::page::{self, Keyed, Listed, Slice};
use crate::store::Session;
use crate::store::tables::Callback as Table;
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

const HOUR_SECONDS: i64 = 3_600;

/// Whom a search has found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Patients whose name matches.
    pub patients: Vec<PatientId>,
    /// The number as it is kept, where the search reads as one.
    pub phone: Option<String>,
}

/// Which call-backs.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those that he sees; none: whoever asks sees all.
    pub seen_by: Option<Arc<Member>>,
    /// Only in these stages.
    pub stages: Option<Vec<i64>>,
    /// Only in this phase.
    pub phase: Option<CallbackPhase>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those that he has or had last.
    pub operator: Option<OperatorId>,
    /// Only of these patients.
    pub patients: Option<Vec<PatientId>>,
    /// Only of whom was found.
    pub found: Option<Found>,
    /// Only those that are overdue, or that are not.
    pub overdue: Option<bool>,
    /// Only those that have to have been called before.
    pub due_before: Option<Time>,
    /// Only those that came out so.
    pub outcome: Option<CallbackOutcome>,
    /// Only those that were ordered so.
    pub source: Option<CallbackSource>,
}

/// Whether they are to be overdue, and before when they have to have been called, as a query says it now.
pub fn due_of(query: &CallbackQuery, now: Time) -> (Option<bool>, Option<Time>) {
    match query.due {
        None => (query.overdue, query.due_before),
        Some(CallbackDue::Overdue) => (Some(true), None),
        Some(CallbackDue::Hour) => (None, Some(now.plus_seconds(HOUR_SECONDS))),
        Some(CallbackDue::Day) => (None, Some(now.plus_seconds(24 * HOUR_SECONDS))),
    }
}

/// The stages that a view shows; `None`: all.
pub fn stages_of(view: CallbackView) -> Option<Vec<i64>> {
    match view {
        CallbackView::Waiting => Some(vec![0]),
        CallbackView::Mine | CallbackView::Taken => Some(vec![record::STAGE_TAKEN]),
        CallbackView::Open => Some(vec![0, record::STAGE_TAKEN]),
        CallbackView::Ended => Some(vec![record::STAGE_ENDED]),
        CallbackView::All => None,
    }
}

/// One page.
pub async fn list(
    tenant: &Tenant,
    session: &mut Session,
    filter: &Filter,
    slice: Slice<'_, CallbackSort>,
) -> Result<Listed<Record>, CallbackError> {
    let condition = condition(tenant, filter);
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(condition.clone());
    let total = page::count(session, matching).await?;
    let order = match slice.sort {
        CallbackSort::Due => BY_DUE,
        CallbackSort::Oldest => BY_REQUEST,
        CallbackSort::Newest => Keyed { list: "callbacks-newest", order: Order::Desc, ..BY_REQUEST },
    };
    let mut select = record::select();
    select.cond_where(condition);
    order.narrow(&mut select, slice.limit, slice.cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(|row| record::read(&tenant.key, row)).collect::<Result<Vec<_>, _>>()?;
    Ok(order.page(records, slice.limit, total))
}

const BY_DUE: Keyed<Record, Table> = Keyed {
    list: "callbacks-due",
    columns: &[Table::DueAt],
    id: Table::Id,
    order: Order::Asc,
    key_of: |record| (vec![record.state.due_at.as_millis()], record.id.as_str()),
};

const BY_REQUEST: Keyed<Record, Table> = Keyed {
    list: "callbacks-oldest",
    columns: &[Table::RequestedAt],
    id: Table::Id,
    order: Order::Asc,
    key_of: |record| (vec![record.state.requested_at.as_millis()], record.id.as_str()),
};

fn condition(tenant: &Tenant, filter: &Filter) -> Cond {
    let overdue = |is_overdue: bool| {
        let column = Expr::col(Table::OverdueSince);
        let open = Expr::col(Table::Stage).lt(record::STAGE_ENDED);
        if is_overdue { column.is_not_null().and(open) } else { column.is_null() }
    };
    let found = |found: &Found| {
        let patients = Expr::col(Table::PatientId).is_in(found.patients.iter().map(PatientId::as_str));
        match &found.phone {
            Some(phone) => patients.or(Expr::col(Table::PhoneIndex).eq(tenant.key.index("phone", phone))),
            None => patients,
        }
    };
    // A phase is of one stage, and has indexes of its own.
    let stages = filter
        .stages
        .as_ref()
        .filter(|stages| filter.phase.is_none_or(|phase| !stages.contains(&record::stage(phase))));
    Cond::all()
        .add_option(filter.seen_by.as_deref().map(sight::condition))
        .add_option(stages.map(|stages| Expr::col(Table::Stage).is_in(stages.iter().copied())))
        .add_option(filter.phase.map(|phase| Expr::col(Table::Phase).eq(phase.word())))
        .add_option(filter.queue.as_ref().map(|queue| Expr::col(Table::QueueId).eq(queue.as_str())))
        .add_option(filter.operator.as_ref().map(|operator| Expr::col(Table::OperatorId).eq(operator.as_str())))
        .add_option(
            filter.patients.as_ref().map(|ids| Expr::col(Table::PatientId).is_in(ids.iter().map(PatientId::as_str))),
        )
        .add_option(filter.found.as_ref().map(found))
        .add_option(filter.overdue.map(overdue))
        .add_option(filter.due_before.map(|before| Expr::col(Table::DueAt).lt(before.as_millis())))
        .add_option(filter.outcome.map(|outcome| Expr::col(Table::Outcome).eq(outcome.word())))
        .add_option(filter.source.map(|source| Expr::col(Table::Source).eq(source.word())))
}
