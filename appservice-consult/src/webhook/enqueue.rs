//! Writing down what is told, in the transaction of what it tells.

use super::delivery::{self, BEHIND, DEAD, New, WAITING};
use super::occurrence::Occurrence;
use super::store::{self, Subscription};
use crate::api::types::WebhookFailure;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// Deliveries of one endpoint that are not over. More are given up at once and can be sent again by hand: an endpoint that takes so little is no endpoint.
const BACKLOG_MAX: i64 = 100_000;

/// Tells the endpoints that want it. Where there is none, nothing is written.
pub async fn enqueue(writing: &mut Writing, tenant: &Tenant, occurrences: Vec<Occurrence>) -> Result<(), StoreError> {
    if occurrences.is_empty() {
        return Ok(());
    }
    let mut subscriptions = store::subscriptions(writing).await?;
    if subscriptions.is_empty() {
        return Ok(());
    }
    for occurrence in occurrences {
        // Also what nobody wants now is kept: it can be asked for later.
        let sequence = delivery::insert_event(writing, &new_id(tenant), &occurrence).await?;
        for subscription in &mut subscriptions {
            if subscription.is_on && subscription.events.contains(&occurrence.kind) {
                deliver(writing, tenant, subscription, &occurrence, sequence).await?;
            }
        }
    }
    writing.touch_webhooks();
    Ok(())
}

/// A `webhook-id`.
pub(super) fn new_id(tenant: &Tenant) -> String {
    format!("msg_{}", tenant.context.new_id())
}

async fn deliver(
    writing: &mut Writing,
    tenant: &Tenant,
    subscription: &mut Subscription,
    occurrence: &Occurrence,
    sequence: i64,
) -> Result<(), StoreError> {
    let endpoint = subscription.endpoint.as_str();
    let is_full = subscription.backlog >= BACKLOG_MAX;
    let state = if is_full {
        DEAD
    } else if delivery::is_busy(writing, endpoint, &occurrence.lane).await? {
        BEHIND
    } else {
        WAITING
    };
    let new = New {
        endpoint,
        sequence,
        lane: &occurrence.lane,
        kind: occurrence.kind,
        state,
        failure: is_full.then_some(WebhookFailure::Backlog),
        due_at: tenant.context.now(),
    };
    delivery::insert(writing, &new).await?;
    if !is_full {
        store::move_backlog(writing, endpoint, 1).await?;
        subscription.backlog += 1;
    }
    Ok(())
}

/// Whether nothing is due now.
pub async fn is_quiet(session: &mut Session, tenant: &Tenant) -> Result<bool, StoreError> {
    for subscription in store::subscriptions(session).await? {
        if !delivery::due(session, &subscription, tenant.context.now(), 1).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}
