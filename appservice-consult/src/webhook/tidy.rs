//! Forgetting: events and their deliveries are kept for a month, so that they can be looked at and sent again.

use std::collections::BTreeSet;

use sea_query::{Expr, ExprTrait, Order, Query};

use super::{delivery, store};
use crate::store::tables::{WebhookDelivery, WebhookEvent};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// How long an event is kept. Unit: seconds.
const KEPT_SECONDS: i64 = 30 * 86_400;
/// Events that are forgotten in one transaction; the next round goes on.
const FORGOTTEN_AT_ONCE: u64 = 2_000;

/// Forgets the oldest events that are older than a month, with their deliveries.
pub async fn tidy(writing: &mut Writing, tenant: &Tenant) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let mut old = Query::select();
    old.column(WebhookEvent::Sequence).from(WebhookEvent::Table);
    old.and_where(Expr::col(WebhookEvent::At).lt(now.plus_seconds(-KEPT_SECONDS).as_millis()));
    old.order_by(WebhookEvent::At, Order::Asc).limit(FORGOTTEN_AT_ONCE);
    let old = writing.fetch_all(&old).await?;
    let old: Vec<i64> = old.iter().map(|row| row.number(WebhookEvent::Sequence)).collect::<Result<_, _>>()?;
    if old.is_empty() {
        return Ok(());
    }
    let mut touched = Query::select();
    touched.distinct().column(WebhookDelivery::EndpointId).from(WebhookDelivery::Table);
    touched.and_where(Expr::col(WebhookDelivery::EventSequence).is_in(old.iter().copied()));
    let touched = writing.fetch_all(&touched).await?;
    let touched: BTreeSet<String> =
        touched.iter().map(|row| row.text(WebhookDelivery::EndpointId)).collect::<Result<_, _>>()?;
    let mut deliveries = Query::delete();
    deliveries.from_table(WebhookDelivery::Table);
    deliveries.and_where(Expr::col(WebhookDelivery::EventSequence).is_in(old.iter().copied()));
    writing.execute(&deliveries).await?;
    let mut events = Query::delete();
    events.from_table(WebhookEvent::Table).and_where(Expr::col(WebhookEvent::Sequence).is_in(old));
    writing.execute(&events).await?;
    for endpoint in touched {
        // What waited there for a month, because it was off, may have stood in the way of others.
        store::count_backlog(writing, &endpoint).await?;
        delivery::advance_all(writing, &endpoint, now).await?;
    }
    Ok(())
}
