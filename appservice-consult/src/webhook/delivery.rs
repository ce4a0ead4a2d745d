//! Rows of events and of their deliveries.
//!
//! What waits is found by partial indexes, which count only where a statement spells their state out: hence the literals.

use sea_query::{Expr, ExprTrait, Func, OnConflict, Order, Query, SelectStatement};

use super::occurrence::Occurrence;
use super::store::Subscription;
use crate::api::types::{WebhookEventType, WebhookFailure};
use crate::ids::{CallbackId, PatientId};
use crate::store::tables::{WebhookDelivery as Table, WebhookEvent};
use crate::store::{Row, Session, StoreError, Writing, number};
use crate::time::Time;
use crate::words::Word;

/// What is on its way.
pub(super) const WAITING: &str = "waiting";
/// What comes after another of its lane.
pub(super) const BEHIND: &str = "behind";
/// What the endpoint has taken.
pub(super) const DELIVERED: &str = "delivered";
/// What was given up.
pub(super) const DEAD: &str = "dead";

/// An event as it is told.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) sequence: i64,
    pub(super) id: String,
    pub(super) at: Time,
    pub(super) kind: WebhookEventType,
    pub(super) patient: Option<PatientId>,
    pub(super) callback: Option<CallbackId>,
    /// JSON.
    pub(super) data: String,
}

/// A delivery that is due.
#[derive(Debug, Clone)]
pub(super) struct Due {
    pub(super) sequence: i64,
    pub(super) lane: String,
    pub(super) kind: WebhookEventType,
    pub(super) attempts: i64,
}

/// Writes an event down; returns its number.
pub(super) async fn insert_event(writing: &mut Writing, id: &str, occurrence: &Occurrence) -> Result<i64, StoreError> {
    let sequence = number::next(writing, number::WEBHOOK_EVENT).await?;
    let mut insert = Query::insert();
    insert.into_table(WebhookEvent::Table).columns([
        WebhookEvent::Sequence,
        WebhookEvent::Id,
        WebhookEvent::At,
        WebhookEvent::Kind,
        WebhookEvent::Lane,
        WebhookEvent::PatientId,
        WebhookEvent::CallbackId,
        WebhookEvent::Data,
    ]);
    insert.values_panic([
        sequence.into(),
        id.into(),
        occurrence.at.as_millis().into(),
        occurrence.kind.word().into(),
        occurrence.lane.as_str().into(),
        occurrence.patient.as_ref().map(PatientId::as_str).into(),
        occurrence.callback.as_ref().map(CallbackId::as_str).into(),
        occurrence.data.to_string().into(),
    ]);
    writing.execute(&insert).await?;
    Ok(sequence)
}

/// A delivery that begins.
pub(super) struct New<'a> {
    pub(super) endpoint: &'a str,
    pub(super) sequence: i64,
    pub(super) lane: &'a str,
    pub(super) kind: WebhookEventType,
    pub(super) state: &'static str,
    pub(super) failure: Option<WebhookFailure>,
    pub(super) due_at: Time,
}

/// Writes a delivery down.
pub(super) async fn insert(writing: &mut Writing, new: &New<'_>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::EndpointId,
        Table::EventSequence,
        Table::Lane,
        Table::Kind,
        Table::State,
        Table::Attempts,
        Table::DueAt,
        Table::Failure,
    ]);
    insert.values_panic([
        new.endpoint.into(),
        new.sequence.into(),
        new.lane.into(),
        new.kind.word().into(),
        new.state.into(),
        0_i64.into(),
        new.due_at.as_millis().into(),
        new.failure.map(Word::word).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Deliveries that are due at an endpoint, the longest first; where it is off only tests.
pub(super) async fn due(
    session: &mut Session,
    to: &Subscription,
    now: Time,
    limit: u64,
) -> Result<Vec<Due>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::EventSequence, Table::Lane, Table::Kind, Table::Attempts]).from(Table::Table);
    select
        .and_where(Expr::col(Table::EndpointId).eq(to.endpoint.as_str()))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'waiting'")))
        .and_where(Expr::col(Table::DueAt).lte(now.as_millis()));
    if !to.is_on {
        select.and_where(Expr::col(Table::Kind).eq(WebhookEventType::WebhookTest.word()));
    }
    select.order_by(Table::DueAt, Order::Asc).order_by(Table::EventSequence, Order::Asc).limit(limit);
    let read = |row: &Row| {
        Ok(Due {
            sequence: row.number(Table::EventSequence)?,
            lane: row.text(Table::Lane)?,
            kind: WebhookEventType::from_word(&row.text(Table::Kind)?)?,
            attempts: row.number(Table::Attempts)?,
        })
    };
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// When the next delivery of an endpoint is due that is not due at `now`.
pub(super) async fn next_due(session: &mut Session, endpoint: &str, now: Time) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.expr(Func::min(Expr::col(Table::DueAt))).from(Table::Table);
    select
        .and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'waiting'")))
        .and_where(Expr::col(Table::DueAt).gt(now.as_millis()));
    let next = session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    Ok(next.map(Time::from_millis))
}

/// Selects events.
pub(super) fn select_event() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        (WebhookEvent::Table, WebhookEvent::Sequence),
        (WebhookEvent::Table, WebhookEvent::Id),
        (WebhookEvent::Table, WebhookEvent::At),
        (WebhookEvent::Table, WebhookEvent::Kind),
        (WebhookEvent::Table, WebhookEvent::PatientId),
        (WebhookEvent::Table, WebhookEvent::CallbackId),
        (WebhookEvent::Table, WebhookEvent::Data),
    ]);
    select.from(WebhookEvent::Table);
    select
}

/// An event of a row.
pub(super) fn read_event(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        sequence: row.number(WebhookEvent::Sequence)?,
        id: row.text(WebhookEvent::Id)?,
        at: row.time(WebhookEvent::At)?,
        kind: WebhookEventType::from_word(&row.text(WebhookEvent::Kind)?)?,
        patient: row.id_or_null(WebhookEvent::PatientId)?,
        callback: row.id_or_null(WebhookEvent::CallbackId)?,
        data: row.text(WebhookEvent::Data)?,
    })
}

/// The event of that number.
pub(super) async fn event(session: &mut Session, sequence: i64) -> Result<Option<Event>, StoreError> {
    let mut select = select_event();
    select.and_where(Expr::col((WebhookEvent::Table, WebhookEvent::Sequence)).eq(sequence));
    session.fetch_one(&select).await?.map(|row| read_event(&row)).transpose()
}

/// The event of that `webhook-id`.
pub(super) async fn event_by_id(session: &mut Session, id: &str) -> Result<Option<Event>, StoreError> {
    let mut select = select_event();
    select.and_where(Expr::col((WebhookEvent::Table, WebhookEvent::Id)).eq(id));
    session.fetch_one(&select).await?.map(|row| read_event(&row)).transpose()
}

/// How many deliveries of an endpoint were given up, of those that are kept.
pub(super) async fn count_dead(session: &mut Session, endpoint: &str) -> Result<i64, StoreError> {
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Table::EventSequence))).from(Table::Table);
    count.and_where(Expr::col(Table::EndpointId).eq(endpoint)).and_where(Expr::col(Table::State).eq(DEAD));
    session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())
}

/// What waits for its next attempt has it now.
pub(super) async fn hurry(writing: &mut Writing, endpoint: &str, sequence: i64, now: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::DueAt, now.as_millis());
    update.and_where(Expr::col(Table::EndpointId).eq(endpoint)).and_where(Expr::col(Table::EventSequence).eq(sequence));
    writing.execute(&update).await.map(drop)
}

/// The lane and state of a delivery, if there is one.
pub(super) async fn state(
    session: &mut Session,
    endpoint: &str,
    sequence: i64,
) -> Result<Option<(String, String)>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Lane, Table::State]).from(Table::Table);
    select.and_where(Expr::col(Table::EndpointId).eq(endpoint)).and_where(Expr::col(Table::EventSequence).eq(sequence));
    session.fetch_one(&select).await?.map(|row| Ok((row.text(Table::Lane)?, row.text(Table::State)?))).transpose()
}

/// Whether something of a lane is on its way to an endpoint.
pub(super) async fn is_busy(session: &mut Session, endpoint: &str, lane: &str) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::EventSequence).from(Table::Table);
    select
        .and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::Lane).eq(lane))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'waiting'")));
    Ok(session.fetch_one(select.limit(1)).await?.is_some())
}

/// What an attempt gave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempted {
    pub(super) state: &'static str,
    pub(super) attempts: i64,
    pub(super) at: Time,
    pub(super) due_at: Time,
    pub(super) response_status: Option<i64>,
    pub(super) latency_ms: Option<i64>,
    pub(super) failure: Option<WebhookFailure>,
}

/// Writes down what an attempt gave. False: the delivery is gone, or somebody took it back meanwhile.
pub(super) async fn attempted(
    writing: &mut Writing,
    endpoint: &str,
    sequence: i64,
    attempted: Attempted,
) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::State, attempted.state.into()),
        (Table::Attempts, attempted.attempts.into()),
        (Table::LastAt, attempted.at.as_millis().into()),
        (Table::DueAt, attempted.due_at.as_millis().into()),
        (Table::ResponseStatus, attempted.response_status.into()),
        (Table::LatencyMs, attempted.latency_ms.into()),
        (Table::Failure, attempted.failure.map(Word::word).into()),
    ]);
    update
        .and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::EventSequence).eq(sequence))
        .and_where(Expr::col(Table::State).eq(WAITING));
    Ok(writing.execute(&update).await? == 1)
}

/// Sends the next of a lane on its way, if none is.
pub(super) async fn advance(writing: &mut Writing, endpoint: &str, lane: &str, now: Time) -> Result<(), StoreError> {
    if is_busy(writing, endpoint, lane).await? {
        return Ok(());
    }
    let mut next = Query::select();
    next.expr(Func::min(Expr::col(Table::EventSequence))).from(Table::Table);
    next.and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::Lane).eq(lane))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'behind'")));
    let next = writing.fetch_one(&next).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    let Some(next) = next else { return Ok(()) };
    let mut update = Query::update();
    update.table(Table::Table).value(Table::State, WAITING).value(Table::DueAt, now.as_millis());
    update.and_where(Expr::col(Table::EndpointId).eq(endpoint)).and_where(Expr::col(Table::EventSequence).eq(next));
    writing.execute(&update).await?;
    writing.touch_webhooks();
    Ok(())
}

/// Sends the next of every lane of an endpoint on its way where none is.
pub(super) async fn advance_all(writing: &mut Writing, endpoint: &str, now: Time) -> Result<(), StoreError> {
    let mut busy = Query::select();
    busy.column(Table::Lane).from(Table::Table);
    busy.and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'waiting'")));
    let mut firsts = Query::select();
    firsts.expr(Func::min(Expr::col(Table::EventSequence))).from(Table::Table);
    firsts
        .and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::State).eq(Expr::cust("'behind'")))
        .and_where(Expr::col(Table::Lane).not_in_subquery(busy))
        .group_by_col(Table::Lane);
    let mut update = Query::update();
    update.table(Table::Table).value(Table::State, WAITING).value(Table::DueAt, now.as_millis());
    update
        .and_where(Expr::col(Table::EndpointId).eq(endpoint))
        .and_where(Expr::col(Table::EventSequence).in_subquery(firsts));
    writing.execute(&update).await?;
    writing.touch_webhooks();
    Ok(())
}

/// Begins a delivery anew, behind what is on its way.
pub(super) async fn begin_anew(
    writing: &mut Writing,
    endpoint: &str,
    event: &Event,
    lane: &str,
    now: Time,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::EndpointId,
        Table::EventSequence,
        Table::Lane,
        Table::Kind,
        Table::State,
        Table::Attempts,
        Table::DueAt,
    ]);
    insert.values_panic([
        endpoint.into(),
        event.sequence.into(),
        lane.into(),
        event.kind.word().into(),
        BEHIND.into(),
        0_i64.into(),
        now.as_millis().into(),
    ]);
    let again = [Table::State, Table::Attempts, Table::DueAt, Table::ResponseStatus, Table::LatencyMs, Table::Failure];
    let mut conflict = OnConflict::columns([Table::EndpointId, Table::EventSequence]);
    insert.on_conflict(conflict.update_columns(again).to_owned());
    writing.execute(&insert).await.map(drop)
}
