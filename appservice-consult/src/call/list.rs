//! Lists of calls, newest first.

use std::sync::Arc;

use sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};

use super::concerned;
use super::error::CallError;
use super::state::Side;
use super::store::{self, OPEN, Record};
use crate::api::types::{CallKind, CallOutcome, CallState};
use crate::ids::{ConsultationId, PatientId, QueueId, UserId};
use crate::operator::Member;
use crate::page::{self, Keyed, Listed};
use crate::store::Session;
use crate::store::tables::{Call as Table, CallSpan, Callback, Consultation};
use crate::time::Time;
use crate::words::Word;

const DAY_SECONDS: i64 = 86_400;

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
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only those that this side began.
    pub caller: Option<Side>,
    /// Only of this kind.
    pub kind: Option<CallKind>,
    /// Only those that have not ended, or that have.
    pub open: Option<bool>,
    /// Only those that ended so.
    pub outcome: Option<CallOutcome>,
    /// Begun at or after.
    pub from: Option<Time>,
    /// Begun before.
    pub to: Option<Time>,
}

/// Since when a call is of the last so many days.
pub fn days_before(now: Time, days: u32) -> Time {
    now.plus_seconds(-i64::from(days) * DAY_SECONDS)
}

/// Calls that match.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: usize,
    cursor: Option<&str>,
) -> Result<Listed<Record>, CallError> {
    let condition = condition(filter);
    let mut matching = Query::select();
    matching.from(Table::Table).cond_where(condition.clone());
    let total = page::count(session, matching).await?;
    let mut select = store::select();
    select.cond_where(condition);
    NEWEST.narrow(&mut select, limit, cursor)?;
    let rows = session.fetch_all(&select).await?;
    let records = rows.iter().map(store::read).collect::<Result<Vec<_>, _>>()?;
    Ok(NEWEST.page(records, limit, total))
}

fn condition(filter: &Filter) -> Cond {
    let patients = filter.patients.as_ref();
    let consultation = filter.consultation.as_ref();
    Cond::all()
        .add_option(filter.seen_by.as_deref().map(concerned::condition))
        .add_option(consultation.map(|id| column(Table::ConsultationId).eq(id.as_str())))
        .add_option(patients.map(|ids| column(Table::PatientId).is_in(ids.iter().map(PatientId::as_str))))
        .add_option(filter.with.as_ref().map(was_in))
        .add_option(filter.queue.as_ref().map(is_of))
        .add_option(filter.caller.map(|side| column(Table::CallerSide).eq(side.word())))
        .add_option(filter.kind.map(|kind| column(Table::Kind).eq(kind.word())))
        .add_option(filter.open.map(stands))
        .add_option(filter.outcome.map(|outcome| column(Table::Outcome).eq(outcome.word())))
        .add_option(filter.from.map(|from| column(Table::StartedAt).gte(from.as_millis())))
        .add_option(filter.to.map(|to| column(Table::StartedAt).lt(to.as_millis())))
}

fn column(column: Table) -> Expr {
    Expr::col((Table::Table, column))
}

fn stands(is_open: bool) -> Expr {
    let state = column(Table::State);
    if is_open { state.is_in(OPEN.map(Word::word)) } else { state.eq(CallState::Ended.word()) }
}

/// Made by an account, or with it.
fn was_in(user: &UserId) -> Expr {
    let mut there = Query::select();
    there.column(CallSpan::CallId).from(CallSpan::Table);
    there.and_where(Expr::col(CallSpan::UserId).eq(user.as_str()));
    column(Table::CallerUser).eq(user.as_str()).or(column(Table::Id).in_subquery(there))
}

/// Its consultation is of the queue; where it has none, the call-back for which it was made.
fn is_of(queue: &QueueId) -> Expr {
    let of = |column: Consultation| Expr::col((Consultation::Table, column));
    let mut consultation = Query::select();
    consultation.expr(Expr::val(1_i64)).from(Consultation::Table);
    consultation.and_where(of(Consultation::Id).equals((Table::Table, Table::ConsultationId)));
    consultation.and_where(of(Consultation::QueueId).eq(queue.as_str()));
    let has_none = column(Table::ConsultationId).is_null();
    Expr::exists(consultation).or(has_none.and(Expr::exists(callback_of(queue))))
}

/// The call-back of a call, if it is of the queue. One is open in a conversation at most: when the call began says which it was.
fn callback_of(queue: &QueueId) -> SelectStatement {
    let of = |column: Callback| Expr::col((Callback::Table, column));
    let began = || column(Table::StartedAt);
    let mut callback = Query::select();
    callback.expr(Expr::val(1_i64)).from(Callback::Table);
    callback.and_where(of(Callback::PatientId).equals((Table::Table, Table::PatientId)));
    callback.and_where(of(Callback::ConversationId).equals((Table::Table, Table::ConversationId)));
    callback.and_where(of(Callback::QueueId).eq(queue.as_str()));
    callback.and_where(of(Callback::RequestedAt).lte(began()));
    callback.and_where(of(Callback::EndedAt).is_null().or(of(Callback::EndedAt).gte(began())));
    callback
}
