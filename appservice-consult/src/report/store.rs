//! The facts of a period, read from what the features recorded. Everything is found by an index on time.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};

use super::facts::{Call, Callback, Consultation, End, Facts, Work};
use super::period::Period;
use super::span::{Span, Spans};
use crate::api::types::{CallOutcome, CallbackEnding, OperatorStatus, ParticipantRole, Phase};
use crate::call::Side;
use crate::consultation::Action;
use crate::ids::{ConsultationId, ConversationId, OperatorId, QueueId, UserId};
use crate::operator::is_at_work;
use crate::store::tables::{
    Call as Calls, Callback as Callbacks, Consultation as Consultations, ConsultationHistory as History,
    OperatorStatus as Periods, Participant, Rating,
};
use crate::store::{Row, Session, StoreError};
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
    fn admits(&self, queue: Option<&QueueId>, operator: Option<&OperatorId>) -> bool {
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
    Ok(Facts {
        consultations: consultations(session, period, filter, now).await?,
        calls: calls(session, tenant, period, filter).await?,
        callbacks: callbacks(session, period, filter, now).await?,
        work: if filter.queue.is_some() { Vec::new() } else { work(session, period, filter, now).await? },
    })
}

fn requested_in(select: &mut SelectStatement, (from, to): (Time, Time), filter: &Filter) {
    let requested_at = || Expr::col((Consultations::Table, Consultations::RequestedAt));
    select.and_where(requested_at().gte(from.as_millis())).and_where(requested_at().lt(to.as_millis()));
    if let Some(queue) = &filter.queue {
        select.and_where(Expr::col((Consultations::Table, Consultations::QueueId)).eq(queue.as_str()));
    }
    if let Some(operator) = &filter.operator {
        select.and_where(Expr::col((Consultations::Table, Consultations::LeadId)).eq(operator.as_str()));
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
    ]);
    requested_in(select.from(Consultations::Table), bounds, filter);
    let rows = session.fetch_all(&select).await?;
    let stars = stars(session, bounds, filter).await?;
    let mut steps = steps(session, bounds, filter).await?;
    let mut led = led(session, bounds, filter, now).await?;
    let asked = asked_again(session, bounds).await?;
    let consultation = |row: &Row| {
        let id: ConsultationId = row.id(Consultations::Id)?;
        let steps = steps.remove(&id).unwrap_or_default();
        let led = Spans::merged(led.remove(&id).unwrap_or_default());
        let conversation: ConversationId = row.id(Consultations::ConversationId)?;
        let end = end(row)?;
        let again = asked.get(&conversation).is_some_and(|times| is_asked_again(times, end));
        Ok(Consultation {
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
        })
    };
    rows.iter().map(consultation).collect()
}

fn end(row: &Row) -> Result<Option<End>, StoreError> {
    let ended_at = row.time_or_null(Consultations::EndedAt)?;
    Ok(match Phase::from_word(&row.text(Consultations::Phase)?)? {
        Phase::Archived => ended_at.map(End::Closed),
        Phase::Cancelled | Phase::Abandoned => Some(End::Left),
        Phase::Queued | Phase::Active | Phase::OnHold => None,
    })
}

/// A step of a consultation.
#[derive(Debug, Clone, Copy)]
struct Step {
    action: Action,
    at: Time,
}

/// What the steps of these consultations were, in order; those that figures need.
async fn steps(
    session: &mut Session,
    bounds: (Time, Time),
    filter: &Filter,
) -> Result<HashMap<ConsultationId, Vec<Step>>, StoreError> {
    let mut select = select_steps();
    select.join(
        JoinType::InnerJoin,
        Consultations::Table,
        Expr::col((Consultations::Table, Consultations::Id)).equals((History::Table, History::ConsultationId)),
    );
    requested_in(&mut select, bounds, filter);
    read_steps(session, &select).await
}

/// The steps that figures need.
const WANTED: [Action; 9] = [
    Action::Taken,
    Action::Held,
    Action::Resumed,
    Action::Transferred,
    Action::Returned,
    Action::Closed,
    Action::Cancelled,
    Action::Abandoned,
    Action::Reopened,
];

fn select_steps() -> SelectStatement {
    let mut select = Query::select();
    select.columns([History::ConsultationId, History::Action, History::At].map(|column| (History::Table, column)));
    select.from(History::Table);
    select.and_where(Expr::col((History::Table, History::Action)).is_in(WANTED.map(Action::as_str)));
    select
        .order_by((History::Table, History::ConsultationId), Order::Asc)
        .order_by((History::Table, History::Version), Order::Asc);
    select
}

async fn read_steps(
    session: &mut Session,
    select: &SelectStatement,
) -> Result<HashMap<ConsultationId, Vec<Step>>, StoreError> {
    let mut steps: HashMap<ConsultationId, Vec<Step>> = HashMap::new();
    for row in session.fetch_all(select).await? {
        let word = row.text(History::Action)?;
        let Some(action) = WANTED.into_iter().find(|wanted| wanted.as_str() == word) else { continue };
        steps.entry(row.id(History::ConsultationId)?).or_default().push(Step { action, at: row.time(History::At)? });
    }
    Ok(steps)
}

/// When it was on hold; a hold that lasts goes up to now.
fn holds(steps: &[Step], now: Time) -> Spans {
    let mut since = None;
    let mut holds = Vec::new();
    for step in steps {
        match step.action {
            Action::Held => since = since.or(Some(step.at)),
            // Handed on within the team it stays on hold; handed on to a queue nobody leads it until it is taken.
            Action::Transferred | Action::Returned => {}
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
async fn stars(
    session: &mut Session,
    bounds: (Time, Time),
    filter: &Filter,
) -> Result<HashMap<ConsultationId, i64>, StoreError> {
    let mut select = Query::select();
    select.columns([Rating::ConsultationId, Rating::Stars].map(|column| (Rating::Table, column))).from(Rating::Table);
    select.join(
        JoinType::InnerJoin,
        Consultations::Table,
        Expr::col((Consultations::Table, Consultations::Id)).equals((Rating::Table, Rating::ConsultationId)),
    );
    requested_in(&mut select, bounds, filter);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Rating::ConsultationId)?, row.number(Rating::Stars)?))).collect()
}

/// When somebody led these consultations.
async fn led(
    session: &mut Session,
    bounds: (Time, Time),
    filter: &Filter,
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
    requested_in(&mut select, bounds, filter);
    let mut led: HashMap<ConsultationId, Vec<Span>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        led.entry(row.id(Participant::ConsultationId)?).or_default().push(presence(&row, now)?);
    }
    Ok(led)
}

fn presence(row: &Row, now: Time) -> Result<Span, StoreError> {
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
    requested_in(&mut select, (from, to.plus_seconds(REOPENED_WITHIN_SECONDS)), &Filter::default());
    select.order_by(Consultations::RequestedAt, Order::Asc);
    let mut asked: HashMap<ConversationId, Vec<Time>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let conversation = row.id(Consultations::ConversationId)?;
        asked.entry(conversation).or_default().push(row.time(Consultations::RequestedAt)?);
    }
    Ok(asked)
}

fn is_asked_again(asked: &[Time], end: Option<End>) -> bool {
    let Some(End::Closed(ended_at)) = end else { return false };
    let next = asked.get(asked.partition_point(|at| *at < ended_at));
    next.is_some_and(|at| at.seconds_since(ended_at) <= REOPENED_WITHIN_SECONDS)
}

async fn calls(
    session: &mut Session,
    tenant: &Tenant,
    period: &Period,
    filter: &Filter,
) -> Result<Vec<Call>, StoreError> {
    let wanted = [
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
    let mut calls = Vec::new();
    for row in session.fetch_all(&select).await? {
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
        };
        calls.extend(filter.admits(call.queue.as_ref(), call.operator.as_ref()).then_some(call));
    }
    Ok(calls)
}

/// Call-backs whose time is over; one that was withdrawn is no longer due.
async fn callbacks(
    session: &mut Session,
    period: &Period,
    filter: &Filter,
    now: Time,
) -> Result<Vec<Callback>, StoreError> {
    let mut select = Query::select();
    select.columns([Callbacks::QueueId, Callbacks::OperatorId, Callbacks::DueAt, Callbacks::OverdueSince]);
    select.from(Callbacks::Table);
    select.and_where(Expr::col(Callbacks::DueAt).gte(period.from().as_millis()));
    select.and_where(Expr::col(Callbacks::DueAt).lt(period.to().min(now).as_millis()));
    let ending = || Expr::col(Callbacks::Ending);
    select.and_where(ending().is_null().or(ending().ne(CallbackEnding::Cancelled.word())));
    let mut callbacks = Vec::new();
    for row in session.fetch_all(&select).await? {
        let callback = Callback {
            queue: row.id(Callbacks::QueueId)?,
            operator: row.id_or_null(Callbacks::OperatorId)?,
            due_at: row.time(Callbacks::DueAt)?,
            was_overdue: row.time_or_null(Callbacks::OverdueSince)?.is_some(),
        };
        callbacks.extend(filter.admits(Some(&callback.queue), callback.operator.as_ref()).then_some(callback));
    }
    Ok(callbacks)
}

/// What operators did with their time.
async fn work(session: &mut Session, period: &Period, filter: &Filter, now: Time) -> Result<Vec<Work>, StoreError> {
    let mut on_duty = on_duty(session, period, now).await?;
    let active = active(session, period, now).await?;
    let mut work: Vec<Work> = Vec::new();
    for (operator, active) in active {
        let on_duty = Spans::merged(on_duty.remove(&operator).unwrap_or_default());
        work.push(Work { operator, on_duty, active });
    }
    for (operator, spans) in on_duty {
        work.push(Work { operator, on_duty: Spans::merged(spans), active: Vec::new() });
    }
    work.retain(|one| filter.admits(None, Some(&one.operator)));
    Ok(work)
}

async fn on_duty(
    session: &mut Session,
    period: &Period,
    now: Time,
) -> Result<HashMap<OperatorId, Vec<Span>>, StoreError> {
    let mut select = Query::select();
    let columns = [Periods::OperatorId, Periods::Status, Periods::OnDuty, Periods::Since, Periods::Until];
    select.columns(columns).from(Periods::Table);
    select.and_where(Expr::col(Periods::Since).lt(period.to().as_millis()));
    let until = || Expr::col(Periods::Until);
    select.and_where(until().is_null().or(until().gt(period.from().as_millis())));
    let mut on_duty: HashMap<OperatorId, Vec<Span>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        // One of the brand's own says itself whether it counts.
        let counts = match row.number_or_null(Periods::OnDuty)? {
            Some(counts) => counts == 1,
            None => is_at_work(OperatorStatus::from_word(&row.text(Periods::Status)?)?),
        };
        if counts {
            let span = Span::between(row.time(Periods::Since)?, row.time_or_null(Periods::Until)?.unwrap_or(now));
            on_duty.entry(row.id(Periods::OperatorId)?).or_default().push(span);
        }
    }
    Ok(on_duty)
}

/// When each operator was in a consultation that was not on hold. Who only watches is not.
async fn active(
    session: &mut Session,
    period: &Period,
    now: Time,
) -> Result<HashMap<OperatorId, Vec<Span>>, StoreError> {
    let present = |select: &mut SelectStatement| {
        let (joined_at, left_at) = (Expr::col(Participant::JoinedAt), || Expr::col(Participant::LeftAt));
        select.from(Participant::Table).and_where(joined_at.lt(period.to().as_millis()));
        select.and_where(left_at().is_null().or(left_at().gt(period.from().as_millis())));
        select.and_where(Expr::col(Participant::Role).ne(ParticipantRole::Observer.word()));
    };
    let mut concerned = Query::select();
    present(concerned.column(Participant::ConsultationId));
    let mut of_these = select_steps();
    of_these.and_where(Expr::col((History::Table, History::ConsultationId)).in_subquery(concerned));
    let holds: HashMap<_, _> = read_steps(session, &of_these)
        .await?
        .into_iter()
        .filter(|(_, steps)| steps.iter().any(|step| step.action == Action::Held))
        .map(|(id, steps)| (id, self::holds(&steps, now)))
        .collect();
    let mut select = Query::select();
    present(select.columns([
        Participant::ConsultationId,
        Participant::OperatorId,
        Participant::JoinedAt,
        Participant::LeftAt,
    ]));
    let mut active: HashMap<OperatorId, Vec<Span>> = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let span = presence(&row, now)?;
        let spans = active.entry(row.id(Participant::OperatorId)?).or_default();
        match holds.get(&row.id(Participant::ConsultationId)?) {
            Some(holds) => spans.extend(Spans::merged([span]).without(holds).each()),
            None => spans.push(span),
        }
    }
    Ok(active)
}
