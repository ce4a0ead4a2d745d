//! Lists of calls, newest first.

use std::sync::Arc;

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::concerned;
use super::error::CallError;
use super::store::{self, Record};
use crate::api::types::CallOutcome;
use crate::ids::{ConsultationId, PatientId, UserId};
use crate::operator::Member;
use crate::page::{self, Keyed, Listed};
use crate::store::Session;
use crate::store::tables::{Call as Table, CallSpan};
use crate::words::Word;

const NEWEST: Keyed<Record, (Table, Table)> = Keyed {
    list: "calls",
    columns: &[(Table::Table, Table::StartedAt)],
    id: (Table::Table, Table::Id),
    order: Order::Desc,
    key_of: |call| (vec![call.started_at.as_millis()], call.id.as_str()),
};

/// Which calls.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those that he sees; none: whoever asks sees all.
    pub seen_by: Option<Arc<Member>>,
    /// Only of this consultation.
    pub consultation: Option<ConsultationId>,
    /// Only of these patients.
    pub patients: Option<Vec<PatientId>>,
    /// Only those that this account made or was in.
    pub with: Option<UserId>,
    /// Only those that ended so.
    pub outcome: Option<CallOutcome>,
}

/// Calls that match.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, CallError> {
    let mut matching = Query::select();
    matching.from(Table::Table);
    narrow(&mut matching, filter);
    let total = page::count(session, matching).await?;
    let mut select = store::select();
    narrow(&mut select, filter);
    NEWEST.narrow(&mut select, limit, cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(store::read).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(records, limit, total))
}

fn narrow(select: &mut SelectStatement, filter: &Filter) {
    if let Some(member) = &filter.seen_by {
        select.cond_where(concerned::condition(member));
    }
    if let Some(consultation) = &filter.consultation {
        select.and_where(Expr::col((Table::Table, Table::ConsultationId)).eq(consultation.as_str()));
    }
    if let Some(ids) = &filter.patients {
        let patient = Expr::col((Table::Table, Table::PatientId));
        select.and_where(patient.is_in(ids.iter().map(PatientId::as_str)));
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
