//! The log of an endpoint's deliveries, and sending again by hand.

use sea_query::{Cond, Expr, ExprTrait, Order, Query, SelectStatement};
use serde_json::json;

use super::delivery::{self, BEHIND, DEAD, DELIVERED, WAITING};
use super::endpoints::note;
use super::error::WebhookError;
use super::store;
use crate::actor::Actor;
use crate::api::types::{
    Page, WebhookDelivery, WebhookDeliveryQuery, WebhookDeliveryState, WebhookEventType, WebhookFailure, WebhookReplay,
    WebhookReplayOnly, WebhookReplayed,
};
use crate::page;
use crate::store::tables::{WebhookDelivery as Table, WebhookEvent};
use crate::store::{Row, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// Deliveries that one replay begins. More are asked for again.
const REPLAYED_AT_ONCE: u64 = 10_000;
/// Name of the list in its cursors.
const LIST: &str = "webhook_deliveries";

/// One page of an endpoint's deliveries, newest first.
///
/// Errors: `NotFound`, `Cursor`, `Store`.
pub async fn deliveries(
    tenant: &Tenant,
    id: &str,
    query: &WebhookDeliveryQuery,
) -> Result<Page<WebhookDelivery>, WebhookError> {
    let mut reading = tenant.store.read_at_length().await?;
    store::load(&mut reading, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    let before = page::read_cursor::<i64>(LIST, query.cursor.as_deref())?;
    let limit = page::limit(query.limit);
    let total = page::count(&mut reading, matching_ones(id, query.state)).await?;
    let rows = reading.fetch_all(&select(id, query.state, before, limit)).await?;
    let sequences = rows.iter().map(|row| row.number(WebhookEvent::Sequence)).collect::<Result<Vec<_>, _>>()?;
    let more = rows.len() > limit;
    let mut items = rows.iter().map(shown).collect::<Result<Vec<_>, _>>()?;
    items.truncate(limit);
    let last = sequences.get(limit.saturating_sub(1)).filter(|_| more);
    Ok(Page::new(items, last.map(|last| page::cursor(LIST, last)), total))
}

fn matching(id: &str, state: Option<WebhookDeliveryState>) -> Cond {
    let of_state = |state| Expr::col((Table::Table, Table::State)).is_in(words_of(state));
    Cond::all().add(Expr::col((Table::Table, Table::EndpointId)).eq(id)).add_option(state.map(of_state))
}

fn words_of(state: WebhookDeliveryState) -> Vec<&'static str> {
    match state {
        WebhookDeliveryState::Waiting => vec![WAITING, BEHIND],
        WebhookDeliveryState::Delivered => vec![DELIVERED],
        WebhookDeliveryState::Dead => vec![DEAD],
    }
}

fn matching_ones(id: &str, state: Option<WebhookDeliveryState>) -> SelectStatement {
    let mut select = Query::select();
    select.from(Table::Table).cond_where(matching(id, state));
    select
}

fn select(id: &str, state: Option<WebhookDeliveryState>, before: Option<i64>, limit: usize) -> SelectStatement {
    let mut select = delivery::select_event();
    select.columns([
        (Table::Table, Table::State),
        (Table::Table, Table::Attempts),
        (Table::Table, Table::DueAt),
        (Table::Table, Table::LastAt),
        (Table::Table, Table::ResponseStatus),
        (Table::Table, Table::LatencyMs),
        (Table::Table, Table::Failure),
    ]);
    let same = Expr::col((Table::Table, Table::EventSequence)).equals((WebhookEvent::Table, WebhookEvent::Sequence));
    select.inner_join(Table::Table, same).cond_where(matching(id, state));
    if let Some(before) = before {
        select.and_where(Expr::col((Table::Table, Table::EventSequence)).lt(before));
    }
    select.order_by((Table::Table, Table::EventSequence), Order::Desc).limit(limit as u64 + 1);
    select
}

fn shown(row: &Row) -> Result<WebhookDelivery, StoreError> {
    let event = delivery::read_event(row)?;
    let word = row.text(Table::State)?;
    let state = match word.as_str() {
        DELIVERED => WebhookDeliveryState::Delivered,
        DEAD => WebhookDeliveryState::Dead,
        _ => WebhookDeliveryState::Waiting,
    };
    Ok(WebhookDelivery {
        id: event.id,
        kind: event.kind,
        at: event.at,
        state,
        attempts: row.number(Table::Attempts)?,
        last_attempt_at: row.time_or_null(Table::LastAt)?,
        next_attempt_at: Some(row.time(Table::DueAt)?).filter(|_| word == WAITING),
        response_status: row.number_or_null(Table::ResponseStatus)?,
        latency_ms: row.number_or_null(Table::LatencyMs)?,
        failure: row.text_or_null(Table::Failure)?.as_deref().map(WebhookFailure::from_word).transpose()?,
        data: serde_json::from_str(&event.data).unwrap_or(serde_json::Value::Null),
    })
}

/// Sends one event again, now: one that was given up or taken begins anew, one that waits for its next attempt has it at once.
///
/// Errors: `NotFound`, `Off`, `Store`.
pub async fn replay_one(tenant: &Tenant, id: &str, event_id: &str, actor: &Actor) -> Result<(), WebhookError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let endpoint = store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    let event = delivery::event_by_id(&mut writing, event_id).await?.ok_or(WebhookError::NotFound)?;
    let stands = delivery::state(&mut writing, id, event.sequence).await?;
    let (lane, state) = stands.ok_or(WebhookError::NotFound)?;
    if endpoint.off.is_some() && event.kind != WebhookEventType::WebhookTest {
        return Err(WebhookError::Off);
    }
    match state.as_str() {
        WAITING => delivery::hurry(&mut writing, id, event.sequence, now).await?,
        BEHIND => {}
        _ => {
            delivery::begin_anew(&mut writing, id, &event, &lane, now).await?;
            store::move_backlog(&mut writing, id, 1).await?;
            delivery::advance(&mut writing, id, &lane, now).await?;
        }
    }
    note(&mut writing, tenant, actor, "webhook.replayed", id, json!({ "event": event_id })).await?;
    writing.touch_webhooks();
    Ok(writing.commit().await?)
}

/// Sends the events of a time again, those of the types that the endpoint has chosen, in their order.
///
/// Errors: `NotFound`, `Invalid`, `Off`, `Store`.
pub async fn replay_range(
    tenant: &Tenant,
    id: &str,
    wish: &WebhookReplay,
    actor: &Actor,
) -> Result<WebhookReplayed, WebhookError> {
    if wish.to <= wish.from {
        return Err(WebhookError::invalid("to", "later than `from`"));
    }
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let endpoint = store::load(&mut writing, &tenant.key, id).await?.ok_or(WebhookError::NotFound)?;
    if endpoint.off.is_some() {
        return Err(WebhookError::Off);
    }
    let mut select = in_range(id, &endpoint.events, wish);
    let rows = writing.fetch_all(select.limit(REPLAYED_AT_ONCE + 1)).await?;
    let more = rows.len() as u64 > REPLAYED_AT_ONCE;
    let mut deliveries = 0_i64;
    for row in rows.iter().take(usize::try_from(REPLAYED_AT_ONCE).unwrap_or(usize::MAX)) {
        let event = delivery::read_event(row)?;
        delivery::begin_anew(&mut writing, id, &event, &row.text(WebhookEvent::Lane)?, now).await?;
        deliveries += 1;
    }
    store::count_backlog(&mut writing, id).await?;
    delivery::advance_all(&mut writing, id, now).await?;
    let detail = json!({ "from": wish.from, "to": wish.to, "deliveries": deliveries });
    note(&mut writing, tenant, actor, "webhook.replayed", id, detail).await?;
    writing.commit().await?;
    Ok(WebhookReplayed { deliveries, more })
}

/// Events of a time that are not on their way to an endpoint and are wanted again.
fn in_range(id: &str, kinds: &[WebhookEventType], wish: &WebhookReplay) -> SelectStatement {
    let stays: &[&str] = match wish.only {
        WebhookReplayOnly::Missed => &[WAITING, BEHIND, DELIVERED],
        WebhookReplayOnly::All => &[WAITING, BEHIND],
    };
    let mut kept = Query::select();
    kept.column(Table::EventSequence).from(Table::Table);
    kept.and_where(Expr::col(Table::EndpointId).eq(id)).and_where(Expr::col(Table::State).is_in(stays.iter().copied()));
    let column = |column| Expr::col((WebhookEvent::Table, column));
    let millis = |time: Time| time.as_millis();
    let mut select = delivery::select_event();
    select.column((WebhookEvent::Table, WebhookEvent::Lane));
    select
        .and_where(column(WebhookEvent::At).gte(millis(wish.from)))
        .and_where(column(WebhookEvent::At).lt(millis(wish.to)))
        .and_where(column(WebhookEvent::Kind).is_in(kinds.iter().map(|kind| kind.word())))
        .and_where(column(WebhookEvent::Sequence).not_in_subquery(kept));
    select.order_by((WebhookEvent::Table, WebhookEvent::Sequence), Order::Asc);
    select
}
