//! The facts of a period, read from what the features recorded. Everything is found by an index on time.

use std::collections::{HashMap, HashSet};

use sea_query::{Alias, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};

use super::facts::{Call, Callback, Consultation, End, Facts, Kept, Promises, Quality};
use super::period::Period;
use super::span::{Span, Spans};
use super::waits::{self, waited};
use super::work;
use crate::api::types::{CallOutcome, CallbackEnding, ParticipantRole, Phase};
use crate::call::Side;
use crate::callback;
use crate::consultation::Action;
use crate::ids::{CallId, CallbackId, ConsultationId, ConversationId, OperatorId, QueueId, UserId};
use crate::store::tables::{
    Call as Calls, CallQuality, Callback as Callbacks, CallbackHistory, Consultation as Consultations,
    ConsultationHistory as History, Participant, Rating,
};
use crate::store::{PassingRow, Row, Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// A close and a new question that lie so near are one trouble that was not over. Unit: seconds.
const REOPENED_WITHIN_SECONDS: i64 = 24 * 3_600;

/// Of which queue and operator.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only of this operator.
    pub operator: Option<OperatorId>,
}

impl Filter {
    pub(super) fn admits(&self, queue: Option<&QueueId>, operator: Option<&OperatorId>) -> bool {
        self.queue.as_ref().is_none_or(|wanted| queue == Some(wanted))
            && self.operator.as_ref().is_none_or(|wanted| operator == Some(wanted))
    }
}

/// Everything that figures need.
pub async fn facts(
    session: &mut Session,
    tenant: &Tenant,
    period: &Period,
    filter: &Filter,
) -> Result<Facts, StoreError> {
    let now = tenant.context.now();
    let consultations = consultations(session, period, filter, now).await?;
    Ok(Facts {
        now,
        waits: waits::of(session, period, filter, &consultations, now).await?,
        consultations,
        calls: calls(session, tenant, period, filter).await?,
        callbacks: callbacks(session, period, filter, now).await?,
        work: if filter.queue.is_some() { Vec::new() } else { work::of(session, period, filter, now).await? },
    })
}

/// Which consultations.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'a> {
    /// Those that were asked for from a moment up to another.
    Asked((Time, Time), &'a Filter),
    /// Those that were asked for before a moment, and still open behind another.
    Open { asked_before: Time, open_behind: Time },
}

impl Which<'_> {
    pub(super) fn narrow(self, select: &mut SelectStatement) {
        let requested_at = || Expr::col((Consultations::Table, Consultations::RequestedAt));
        match self {
            Self::Asked((from, to), filter) => {
                select.and_where(requested_at().gte(from.as_millis())).and_where(requested_at().lt(to.as_millis()));
                if let Some(queue) = &filter.queue {
                    select.and_where(Expr::col((Consultations::Table, Consultations::QueueId)).eq(queue.as_str()));
                }
                if let Some(operator) = &filter.operator {
                    select.and_where(Expr::col((Consultations::Table, Consultations::LeadId)).eq(operator.as_str()));
                }
            }
            Self::Open { asked_before, open_behind } => {
                let ended_at = || Expr::col(Consultations::EndedAt);
                let mut open = Query::select();
                open.column(Consultations::Id).from(Consultations::Table);
                open.and_where(ended_at().is_null().or(ended_at().gt(open_behind.as_millis())));
                // A sum is in no index: what was asked for before is nearly everything, so that they are found by their ends.
                open.and_where(Expr::col(Consultations::RequestedAt).add(0_i64).lt(asked_before.as_millis()));
                select.and_where(Expr::col((Consultations::Table, Consultations::Id)).in_subquery(open));
            }
        }
    }
}

/// Consultations that were asked for in a period.
pub async fn consultations(
    session: &mut Session,
    period: &Period,
    filter: &Filter,
    now: Time,
) -> Result<Vec<Consultation>, StoreError> {
    let bounds = (period.from(), period.to());
    let which = Which::Asked(bounds, filter);
    let mut select = Query::select();
    select.columns([
        Consultations::Id,
        Consultations::ConversationId,
        Consultations::QueueId,
        Consultations::LeadId,
        Consultations::Phase,
        Consultations::RequestedAt,
        Consultations::FirstTakenAt,
        Consultations::FirstAnswerAt,
        Consultations::EndedAt,
        Consultations::WaitPromised,
        Consultations::ResponsePromised,
        Consultations::ResolutionPromised,
    ]);
    which.narrow(select.from(Consultations::Table));
    let stars = stars(session, which).await?;
    let mut steps = eventful(session, which).await?;
    let mut led = led(session, which, now).await?;
    let asked = asked_again(session, bounds).await?;
    let take = move |consultations: &mut Vec<Consultation>, row: &PassingRow<'_>| {
        let id: ConsultationId = row.id(Consultations::Id)?;
        let end = end(row)?;
        let steps = match steps.remove(&id) {
            Some(steps) => steps,
            None => uneventful(row)?,
        };
        let led = Spans::merged(led.remove(&id).unwrap_or_default());
        let conversation: ConversationId = row.id(Consultations::ConversationId)?;
        let again = asked.get(&conversation).is_some_and(|times| is_asked_again(times, end));
        consultations.push(Consultation {
            promises: promises(row, &steps, end)?,
            waits: waited(&steps, &led, now),
            queue: row.id(Consultations::QueueId)?,
            operator: row.id_or_null(Consultations::LeadId)?,
            requested_at: row.time(Consultations::RequestedAt)?,
            first_taken_at: row.time_or_null(Consultations::FirstTakenAt)?,
            first_answer_at: row.time_or_null(Consultations::FirstAnswerAt)?,
            transfers: u32::try_from(steps.iter().filter(|step| step.action == Action::Transferred).count())
                .unwrap_or(u32::MAX),
            handled_ms: led.without(&holds(&steps, now)).length(),
            is_reopened: again || is_reopened(&steps),
            stars: stars.get(&id).copied(),
            end,
            conversation,
            id,
        });
        Ok(())
    };
    session.fold(&select, Vec::new(), take).await
}

fn end(row: &PassingRow<'_>) -> Result<Option<End>, StoreError> {
    let ended_at = row.time_or_null(Consultations::EndedAt)?;
    Ok(match Phase::from_word(&row.text(Consultations::Phase)?)? {
        Phase::Archived => ended_at.map(End::Closed),
        Phase::Cancelled | Phase::Abandoned => Some(End::Left),
        Phase::Queued | Phase::Active | Phase::OnHold => None,
    })
}

/// What became of what was promised: that it was broken is a step, that it was kept follows from what happened and no such step.
fn promises(row: &PassingRow<'_>, steps: &[Step], end: Option<End>) -> Result<Promises, StoreError> {
    let became = |promised: Consultations, broken: Action, is_kept: bool| -> Result<Option<Kept>, StoreError> {
        if row.number(promised)? == 0 {
            return Ok(None);
        }
        let is_broken = steps.iter().any(|step| step.action == broken);
        Ok(if is_broken { Some(Kept::No) } else { is_kept.then_some(Kept::Yes) })
    };
    let waits = Phase::from_word(&row.text(Consultations::Phase)?)? == Phase::Queued;
    let was_taken = row.time_or_null(Consultations::FirstTakenAt)?.is_some();
    let was_answered = row.time_or_null(Consultations::FirstAnswerAt)?.is_some();
    let was_closed = matches!(end, Some(End::Closed(_)));
    Ok(Promises {
        wait: became(Consultations::WaitPromised, Action::WaitBroken, was_taken && !waits)?,
        first_response: became(Consultations::ResponsePromised, Action::ResponseBroken, was_answered)?,
        resolution: became(Consultations::ResolutionPromised, Action::ResolutionBroken, was_closed)?,
    })
}

/// A step of a consultation.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) action: Action,
    pub(super) at: Time,
    /// Where it stood afterwards; of a step that does not say so, where it stands now.
    pub(super) queue: QueueId,
}

/// What the steps of these consultations were, in order; those that figures need.
pub(super) async fn steps(
    session: &mut Session,
    which: Which<'_>,
) -> Result<HashMap<ConsultationId, Vec<Step>>, StoreError> {
    let mut select = select_steps();
    which.narrow(&mut select);
    read_steps(session, &select).await
}

/// The same of those of which their rows do not tell all.
async fn eventful(session: &mut Session, which: Which<'_>) -> Result<HashMap<ConsultationId, Vec<Step>>, StoreError> {
    let mut eventful = Query::select();
    eventful.column((History::Table, History::ConsultationId)).from(History::Table);
    join_consultation(&mut eventful);
    eventful.and_where(Expr::col((History::Table, History::Action)).is_in(EVENTFUL.map(Action::as_str)));
    which.narrow(&mut eventful);
    let mut select = select_steps();
    select.and_where(Expr::col((History::Table, History::ConsultationId)).in_subquery(eventful));
    read_steps(session, &select).await
}

/// The steps of one that was asked for, taken and ended: its row tells them.
fn uneventful(row: &PassingRow<'_>) -> Result<Vec<Step>, StoreError> {
    let queue: QueueId = row.id(Consultations::QueueId)?;
    let ends_by = match Phase::from_word(row.str(Consultations::Phase)?)? {
        Phase::Archived => Some(Action::Closed),
        Phase::Cancelled => Some(Action::Cancelled),
        Phase::Abandoned => Some(Action::Abandoned),
        Phase::Queued | Phase::Active | Phase::OnHold => None,
    };
    let ended_at = row.time_or_null(Consultations::EndedAt)?;
    let steps = [
        Some((Action::Requested, row.time(Consultations::RequestedAt)?)),
        row.time_or_null(Consultations::FirstTakenAt)?.map(|at| (Action::Taken, at)),
        ends_by.zip(ended_at),
    ];
    Ok(steps.into_iter().flatten().map(|(action, at)| Step { action, at, queue: queue.clone() }).collect())
}

/// Steps of which a consultation's row does not tell.
const EVENTFUL: [Action; 9] = [
    Action::Moved,
    Action::Held,
    Action::Resumed,
    Action::Transferred,
    Action::Returned,
    Action::Reopened,
    Action::WaitBroken,
    Action::ResponseBroken,
    Action::ResolutionBroken,
];

/// The steps that figures need.
const WANTED: [Action; 14] = [
    Action::Requested,
    Action::Moved,
    Action::Taken,
    Action::Held,
    Action::Resumed,
    Action::Transferred,
    Action::Returned,
    Action::Closed,
    Action::Cancelled,
    Action::Abandoned,
    Action::Reopened,
    Action::WaitBroken,
    Action::ResponseBroken,
    Action::ResolutionBroken,
];

pub(super) fn select_steps() -> SelectStatement {
    let mut select = Query::select();
    let columns = [History::ConsultationId, History::Version, History::Action, History::At];
    select.columns(columns.map(|column| (History::Table, column)));
    let then = Expr::col((History::Table, History::QueueId));
    let today = Expr::col((Consultations::Table, Consultations::QueueId));
    select.expr_as(Func::coalesce([then, today]), History::QueueId);
    join_consultation(select.from(History::Table));
    select.and_where(Expr::col((History::Table, History::Action)).is_in(WANTED.map(Action::as_str)));
    select
}

fn join_consultation(select: &mut SelectStatement) {
    let id = Expr::col((Consultations::Table, Consultations::Id));
    let condition = id.equals((History::Table, History::ConsultationId));
    select.join(JoinType::InnerJoin, Consultations::Table, condition);
}

pub(super) async fn read_steps(
    session: &mut Session,
    select: &SelectStatement,
) -> Result<HashMap<ConsultationId, Vec<Step>>, StoreError> {
    // Each consultation's few are sorted here: to sort all of them the database would write them down first.
    let begun: HashMap<ConsultationId, Vec<(i64, Step)>> = HashMap::new();
    let versions = session
        .fold(select, begun, |steps, row| {
            let word = row.str(History::Action)?;
            let Some(action) = WANTED.into_iter().find(|wanted| wanted.as_str() == word) else { return Ok(()) };
            let step = Step { action, at: row.time(History::At)?, queue: row.id(History::QueueId)? };
            let version = row.number(History::Version)?;
            steps.entry(row.id(History::ConsultationId)?).or_default().push((version, step));
            Ok(())
        })
        .await?;
    let in_order = |mut steps: Vec<(i64, Step)>| {
        steps.sort_unstable_by_key(|(version, _)| *version);
        steps.into_iter().map(|(_, step)| step).collect()
    };
    Ok(versions.into_iter().map(|(id, steps)| (id, in_order(steps))).collect())
}

/// When it was on hold; a hold that lasts goes up to now.
pub(super) fn holds(steps: &[Step], now: Time) -> Spans {
    let mut since = None;
    let mut holds = Vec::new();
    for step in steps {
        match step.action {
            Action::Held => since = since.or(Some(step.at)),
            // Handed on within the team it stays on hold; handed on to a queue nobody leads it until it is taken. What was promised runs on meanwhile.
            Action::Transferred
            | Action::Returned
            | Action::WaitBroken
            | Action::ResponseBroken
            | Action::ResolutionBroken => {}
            _ => holds.extend(since.take().map(|since| Span::between(since, step.at))),
        }
    }
    holds.extend(since.map(|since| Span::between(since, now)));
    Spans::merged(holds)
}

/// Whether it was closed, and opened again in time.
fn is_reopened(steps: &[Step]) -> bool {
    steps.windows(2).any(|pair| {
        pair[0].action == Action::Closed
            && pair[1].action == Action::Reopened
            && pair[1].at.seconds_since(pair[0].at) <= REOPENED_WITHIN_SECONDS
    })
}

/// What patients thought of these consultations.
async fn stars(session: &mut Session, which: Which<'_>) -> Result<HashMap<ConsultationId, i64>, StoreError> {
    let mut select = Query::select();
    select.columns([Rating::ConsultationId, Rating::Stars].map(|column| (Rating::Table, column))).from(Rating::Table);
    select.join(
        JoinType::InnerJoin,
        Consultations::Table,
        Expr::col((Consultations::Table, Consultations::Id)).equals((Rating::Table, Rating::ConsultationId)),
    );
    which.narrow(&mut select);
    session
        .fold(&select, HashMap::new(), |stars, row| {
            stars.insert(row.id(Rating::ConsultationId)?, row.number(Rating::Stars)?);
            Ok(())
        })
        .await
}

/// When somebody led these consultations.
pub(super) async fn led(
    session: &mut Session,
    which: Which<'_>,
    now: Time,
) -> Result<HashMap<ConsultationId, Vec<Span>>, StoreError> {
    let mut select = Query::select();
    let wanted = [Participant::ConsultationId, Participant::JoinedAt, Participant::LeftAt];
    select.columns(wanted.map(|column| (Participant::Table, column))).from(Participant::Table);
    select.join(
        JoinType::InnerJoin,
        Consultations::Table,
        Expr::col((Consultations::Table, Consultations::Id)).equals((Participant::Table, Participant::ConsultationId)),
    );
    select.and_where(Expr::col((Participant::Table, Participant::Role)).eq(ParticipantRole::Lead.word()));
    which.narrow(&mut select);
    let begun: HashMap<ConsultationId, Vec<Span>> = HashMap::new();
    session
        .fold(&select, begun, move |led, row| {
            led.entry(row.id(Participant::ConsultationId)?).or_default().push(presence(row, now)?);
            Ok(())
        })
        .await
}

pub(super) fn presence(row: &PassingRow<'_>, now: Time) -> Result<Span, StoreError> {
    let left_at = row.time_or_null(Participant::LeftAt)?.unwrap_or(now);
    Ok(Span::between(row.time(Participant::JoinedAt)?, left_at))
}

/// When something was asked in each conversation, also shortly after the period; in order.
async fn asked_again(
    session: &mut Session,
    (from, to): (Time, Time),
) -> Result<HashMap<ConversationId, Vec<Time>>, StoreError> {
    let mut select = Query::select();
    select.columns([Consultations::ConversationId, Consultations::RequestedAt]).from(Consultations::Table);
    Which::Asked((from, to.plus_seconds(REOPENED_WITHIN_SECONDS)), &Filter::default()).narrow(&mut select);
    select.order_by(Consultations::RequestedAt, Order::Asc);
    let begun: HashMap<ConversationId, Vec<Time>> = HashMap::new();
    session
        .fold(&select, begun, |asked, row| {
            let conversation = row.id(Consultations::ConversationId)?;
            asked.entry(conversation).or_default().push(row.time(Consultations::RequestedAt)?);
            Ok(())
        })
        .await
}

fn is_asked_again(asked: &[Time], end: Option<End>) -> bool {
    let Some(End::Closed(ended_at)) = end else { return false };
    let next = asked.get(asked.partition_point(|at| *at < ended_at));
    next.is_some_and(|at| at.seconds_since(ended_at) <= REOPENED_WITHIN_SECONDS)
}

/// Calls that were begun in a period.
pub async fn calls(
    session: &mut Session,
    tenant: &Tenant,
    period: &Period,
    filter: &Filter,
) -> Result<Vec<Call>, StoreError> {
    let wanted = [
        Calls::Id,
        Calls::CallerSide,
        Calls::CallerUser,
        Calls::AnsweredUser,
        Calls::Outcome,
        Calls::StartedAt,
        Calls::BillableMs,
    ];
    let mut select = Query::select();
    select.columns(wanted.map(|column| (Calls::Table, column))).from(Calls::Table);
    select.column((Consultations::Table, Consultations::QueueId));
    select.join(
        JoinType::LeftJoin,
        Consultations::Table,
        Expr::col((Consultations::Table, Consultations::Id)).equals((Calls::Table, Calls::ConsultationId)),
    );
    let started_at = || Expr::col((Calls::Table, Calls::StartedAt));
    select.and_where(started_at().gte(period.from().as_millis())).and_where(started_at().lt(period.to().as_millis()));
    let rows = session.fetch_all(&select).await?;
    let mut measured = quality(session, period).await?;
    let mut calls = Vec::new();
    for row in rows {
        let id: CallId = row.id(Calls::Id)?;
        let of_staff = match Side::from_word(&row.text(Calls::CallerSide)?)? {
            Side::Staff => row.id_or_null::<UserId>(Calls::CallerUser)?,
            Side::Patient => row.id_or_null::<UserId>(Calls::AnsweredUser)?,
        };
        let call = Call {
            queue: row.id_or_null(Consultations::QueueId)?,
            operator: of_staff.and_then(|user| tenant.staff.by_user(&user)).map(|member| member.id.clone()),
            started_at: row.time(Calls::StartedAt)?,
            is_completed: row.text_or_null(Calls::Outcome)?.as_deref() == Some(CallOutcome::Completed.word()),
            billable_ms: row.number(Calls::BillableMs)?,
            quality: measured.remove(&id),
            id,
        };
        calls.extend(filter.admits(call.queue.as_ref(), call.operator.as_ref()).then_some(call));
    }
    Ok(calls)
}

/// What the apps measured of the calls that were begun in a period.
async fn quality(session: &mut Session, period: &Period) -> Result<HashMap<CallId, Quality>, StoreError> {
    let reports = || Alias::new("reports");
    let sums = [CallQuality::LossPermille, CallQuality::JitterMs, CallQuality::RoundTripMs, CallQuality::Freezes];
    let whole = |sum| Func::cast_as(sum, "BIGINT");
    let call_id = || (CallQuality::Table, CallQuality::CallId);
    let mut select = Query::select();
    select.column(call_id()).from(CallQuality::Table);
    select.expr_as(whole(Func::count(Expr::col(call_id()))), reports());
    for column in sums {
        select.expr_as(whole(Func::sum(Expr::col((CallQuality::Table, column)))), column);
    }
    let of_call = Expr::col((Calls::Table, Calls::Id)).equals(call_id());
    select.join(JoinType::InnerJoin, Calls::Table, of_call);
    let started_at = || Expr::col((Calls::Table, Calls::StartedAt));
    select.and_where(started_at().gte(period.from().as_millis())).and_where(started_at().lt(period.to().as_millis()));
    select.group_by_col(call_id());
    let read = |row: &Row| {
        let quality = Quality {
            reports: row.number(reports())?,
            loss_permille: row.number(CallQuality::LossPermille)?,
            jitter_ms: row.number(CallQuality::JitterMs)?,
            round_trip_ms: row.number(CallQuality::RoundTripMs)?,
            freezes: row.number(CallQuality::Freezes)?,
        };
        Ok((row.id(CallQuality::CallId)?, quality))
    };
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Call-backs whose time is over; one that was withdrawn is no longer due.
pub async fn callbacks(
    session: &mut Session,
    period: &Period,
    filter: &Filter,
    now: Time,
) -> Result<Vec<Callback>, StoreError> {
    let mut select = Query::select();
    select.columns([Callbacks::Id, Callbacks::QueueId, Callbacks::OperatorId, Callbacks::DueAt]);
    due_in(select.from(Callbacks::Table), period, now);
    let ending = || Expr::col(Callbacks::Ending);
    select.and_where(ending().is_null().or(ending().ne(CallbackEnding::Cancelled.word())));
    let rows = session.fetch_all(&select).await?;
    let late = late(session, period, now).await?;
    let mut callbacks = Vec::new();
    for row in rows {
        let id: CallbackId = row.id(Callbacks::Id)?;
        let callback = Callback {
            queue: row.id(Callbacks::QueueId)?,
            operator: row.id_or_null(Callbacks::OperatorId)?,
            due_at: row.time(Callbacks::DueAt)?,
            was_overdue: late.contains(&id),
            id,
        };
        callbacks.extend(filter.admits(Some(&callback.queue), callback.operator.as_ref()).then_some(callback));
    }
    Ok(callbacks)
}

fn due_in(select: &mut SelectStatement, period: &Period, now: Time) {
    let due_at = || Expr::col((Callbacks::Table, Callbacks::DueAt));
    select.and_where(due_at().gte(period.from().as_millis()));
    select.and_where(due_at().lt(period.to().min(now).as_millis()));
}

/// Those of these call-backs that were overdue once: who is put off, or moved, is no longer, and was all the same.
async fn late(session: &mut Session, period: &Period, now: Time) -> Result<HashSet<CallbackId>, StoreError> {
    let mut select = Query::select();
    select.column((CallbackHistory::Table, CallbackHistory::CallbackId)).from(CallbackHistory::Table);
    let of_step =
        Expr::col((Callbacks::Table, Callbacks::Id)).equals((CallbackHistory::Table, CallbackHistory::CallbackId));
    select.join(JoinType::InnerJoin, Callbacks::Table, of_step);
    let action = Expr::col((CallbackHistory::Table, CallbackHistory::Action));
    select.and_where(action.eq(callback::Action::Overdue.as_str()));
    due_in(&mut select, period, now);
    session.fetch_all(&select).await?.iter().map(|row| row.id(CallbackHistory::CallbackId)).collect()
}
