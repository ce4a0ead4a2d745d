//! Lists of call-backs: filters, orders, pages. Every order follows an index and pages by key, never by offset.

use sea_query::{Cond, Expr, ExprTrait, Func, Order, Query};

use super::error::CallbackError;
use super::record::{self, Record};
use crate::api::types::{CallbackPhase, CallbackSort};
use crate::ids::{OperatorId, PatientId, QueueId};
use crate::page;
use crate::store::Session;
use crate::store::tables::Callback as Table;
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

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
    /// Only in these stages.
    pub stages: Option<Vec<i64>>,
    /// Only in this phase.
    pub phase: Option<CallbackPhase>,
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those that he has or had last.
    pub operator: Option<OperatorId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only of whom was found.
    pub found: Option<Found>,
    /// Only those that are overdue, or that are not.
    pub overdue: Option<bool>,
    /// Only those that have to have been called before.
    pub due_before: Option<Time>,
}

/// Which page of a list, in which order.
#[derive(Debug, Clone, Copy)]
pub struct Slice<'a> {
    /// In which order.
    pub sort: CallbackSort,
    /// How many.
    pub limit: usize,
    /// Behind which.
    pub cursor: Option<&'a str>,
}

/// A page of records.
#[derive(Debug)]
pub struct Listed {
    /// In the order asked for.
    pub records: Vec<Record>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// Rows of the whole list.
    pub total: i64,
}

/// One page.
pub async fn list(
    tenant: &Tenant,
    session: &mut Session,
    filter: &Filter,
    slice: Slice<'_>,
) -> Result<Listed, CallbackError> {
    let condition = condition(tenant, filter);
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::Id))).from(Table::Table).cond_where(condition.clone());
    let total = session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())?;
    let (name, column, order) = match slice.sort {
        CallbackSort::Due => ("callbacks-due", Table::DueAt, Order::Asc),
        CallbackSort::Newest => ("callbacks-newest", Table::RequestedAt, Order::Desc),
        CallbackSort::Oldest => ("callbacks-oldest", Table::RequestedAt, Order::Asc),
    };
    let mut select = record::select();
    select.cond_where(condition);
    if let Some((at, id)) = page::read_cursor::<(i64, String)>(name, slice.cursor)? {
        let key = Expr::tuple([Expr::col(column), Expr::col(Table::Id)]);
        let last = Expr::tuple([Expr::val(at), Expr::val(id)]);
        select.and_where(if order == Order::Asc { key.gt(last) } else { key.lt(last) });
    }
    select.order_by(column, order.clone()).order_by(Table::Id, order).limit(slice.limit as u64 + 1);
    let rows = session.fetch_all(&select).await?;
    let mut records = rows.iter().map(|row| record::read(&tenant.key, row)).collect::<Result<Vec<_>, _>>()?;
    let more = records.len() > slice.limit;
    records.truncate(slice.limit);
    let value = |record: &Record| match column {
        Table::DueAt => record.state.due_at.as_millis(),
        _ => record.state.requested_at.as_millis(),
    };
    let last = records.last().filter(|_| more);
    let next_cursor = last.map(|last| page::cursor(name, &(value(last), last.id.as_str())));
    Ok(Listed { records, next_cursor, total })
}

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
    Cond::all()
        .add_option(filter.stages.as_ref().map(|stages| Expr::col(Table::Stage).is_in(stages.iter().copied())))
        .add_option(filter.phase.map(|phase| Expr::col(Table::Phase).eq(phase.word())))
        .add_option(filter.queue.as_ref().map(|queue| Expr::col(Table::QueueId).eq(queue.as_str())))
        .add_option(filter.operator.as_ref().map(|operator| Expr::col(Table::OperatorId).eq(operator.as_str())))
        .add_option(filter.patient.as_ref().map(|patient| Expr::col(Table::PatientId).eq(patient.as_str())))
        .add_option(filter.found.as_ref().map(found))
        .add_option(filter.overdue.map(overdue))
        .add_option(filter.due_before.map(|before| Expr::col(Table::DueAt).lt(before.as_millis())))
}
