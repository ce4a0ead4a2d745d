//! Lists of calls, newest first.

use sea_query::{Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::error::CallError;
use super::store::{self, Record};
use crate::api::types::CallOutcome;
use crate::ids::{ConsultationId, PatientId, UserId};
use crate::page;
use crate::store::Session;
use crate::store::tables::{Call as Table, CallSpan};
use crate::words::Word;

/// Name of the list in its cursors.
const LIST: &str = "calls";

/// Which calls.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this consultation.
    pub consultation: Option<ConsultationId>,
    /// Only this patient's.
    pub patient: Option<PatientId>,
    /// Only those that this account made or was in.
    pub with: Option<UserId>,
    /// Only those that ended so.
    pub outcome: Option<CallOutcome>,
}

/// One page.
#[derive(Debug)]
pub struct Listed {
    /// The calls.
    pub records: Vec<Record>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// How many match.
    pub total: i64,
}

/// Calls that match.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed, CallError> {
    let before = page::read_cursor::<(i64, String)>(LIST, cursor)?;
    let mut count = Query::select();
    count.expr(Func::count(Expr::col((Table::Table, Table::Id)))).from(Table::Table);
    narrow(&mut count, filter);
    let total = session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())?;
    let mut select = store::select();
    narrow(&mut select, filter);
    if let Some((started_at, id)) = before {
        let earlier = Expr::col((Table::Table, Table::StartedAt)).lt(started_at);
        let same = Expr::col((Table::Table, Table::StartedAt)).eq(started_at);
        let same = same.and(Expr::col((Table::Table, Table::Id)).lt(id));
        select.cond_where(Condition::any().add(earlier).add(same));
    }
    select.order_by((Table::Table, Table::StartedAt), Order::Desc).order_by((Table::Table, Table::Id), Order::Desc);
    select.limit(u64::try_from(limit + 1).unwrap_or(u64::MAX));
    let rows = session.fetch_all(&select).await?;
    let mut records = rows.iter().map(store::read).collect::<Result<Vec<_>, _>>()?;
    let more = records.len() > limit;
    records.truncate(limit);
    let last = records.last().filter(|_| more);
    let next_cursor = last.map(|last| page::cursor(LIST, &(last.started_at.as_millis(), last.id.as_str())));
    Ok(Listed { records, next_cursor, total })
}

fn narrow(select: &mut SelectStatement, filter: &Filter) {
    if let Some(consultation) = &filter.consultation {
        select.and_where(Expr::col((Table::Table, Table::ConsultationId)).eq(consultation.as_str()));
    }
    if let Some(patient) = &filter.patient {
        select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    }
    if let Some(outcome) = filter.outcome {
        select.and_where(Expr::col((Table::Table, Table::Outcome)).eq(outcome.word()));
    }
    if let Some(user) = &filter.with {
        let mut there = Query::select();
        there.column(CallSpan::CallId).from(CallSpan::Table);
        there.and_where(Expr::col(CallSpan::UserId).eq(user.as_str()));
        let made = Expr::col((Table::Table, Table::CallerUser)).eq(user.as_str());
        select.and_where(made.or(Expr::col((Table::Table, Table::Id)).in_subquery(there)));
    }
}
