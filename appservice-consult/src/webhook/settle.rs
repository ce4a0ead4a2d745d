//! What an attempt's answer means: done, again later, given up; and how the endpoint stands then.

use serde_json::json;

use super::delivery::{self, Attempted, DEAD, DELIVERED, Due, WAITING};
use super::schedule::{ATTEMPTS_MAX, FAILING_MAX_SECONDS, pause_ms};
use super::send::Answer;
use super::store::{self, Endpoint};
use crate::actor::Actor;
use crate::api::types::{WebhookEventType, WebhookFailure, WebhookOffReason};
use crate::audit;
use crate::change::{self, Kind};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;

/// What becomes of a delivery after an attempt: pure. `random`: for the jitter.
fn decide(due: &Due, answer: &Answer, random: u16, now: Time) -> Attempted {
    let attempts = due.attempts + 1;
    // A test is tried once: its supervisor waits for it.
    let is_last = attempts >= ATTEMPTS_MAX || due.kind == WebhookEventType::WebhookTest;
    let state = match answer.failure {
        None => DELIVERED,
        Some(WebhookFailure::Gone) => DEAD,
        Some(_) if is_last => DEAD,
        Some(_) => WAITING,
    };
    let pause = if state == WAITING { pause_ms(attempts, random, answer.retry_after_seconds) } else { 0 };
    Attempted {
        state,
        attempts,
        at: now,
        due_at: Time::from_millis(now.as_millis().saturating_add(pause)),
        response_status: answer.status.map(i64::from),
        latency_ms: answer.status.map(|_| answer.latency_ms),
        failure: answer.failure,
    }
}

/// Since when an endpoint fails, and why it is off, after an attempt: pure.
fn standing(endpoint: &Endpoint, answer: &Answer, now: Time) -> (Option<Time>, Option<WebhookOffReason>) {
    let Some(failure) = answer.failure else { return (None, endpoint.off) };
    let since = endpoint.failing_since.unwrap_or(now);
    let off = if endpoint.off.is_some() {
        endpoint.off
    } else if failure == WebhookFailure::Gone {
        Some(WebhookOffReason::Gone)
    } else {
        (now.seconds_since(since) >= FAILING_MAX_SECONDS).then_some(WebhookOffReason::Failing)
    };
    (Some(since), off)
}

/// Writes down what an attempt gave, and sends the next of its lane on its way.
pub(super) async fn settle(tenant: &Tenant, endpoint: &str, due: &Due, answer: &Answer) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let random = u16::from_be_bytes(tenant.context.random());
    let attempted = decide(due, answer, random, now);
    let mut writing = tenant.store.write().await?;
    let Some(endpoint) = store::load(&mut writing, &tenant.key, endpoint).await? else { return Ok(()) };
    if !delivery::attempted(&mut writing, &endpoint.id, due.sequence, attempted).await? {
        return Ok(());
    }
    if attempted.state != WAITING {
        store::move_backlog(&mut writing, &endpoint.id, -1).await?;
        delivery::advance(&mut writing, &endpoint.id, &due.lane, now).await?;
    }
    // A test that fails tells its supervisor at once, and says nothing of days.
    if due.kind != WebhookEventType::WebhookTest || answer.failure.is_none() {
        let (failing_since, off) = standing(&endpoint, answer, now);
        stand(&mut writing, tenant, &endpoint, (failing_since, off)).await?;
    }
    writing.commit().await
}

async fn stand(
    writing: &mut Writing,
    tenant: &Tenant,
    endpoint: &Endpoint,
    (failing_since, off): (Option<Time>, Option<WebhookOffReason>),
) -> Result<(), StoreError> {
    if (failing_since, off) == (endpoint.failing_since, endpoint.off) {
        return Ok(());
    }
    store::stand(writing, &endpoint.id, failing_since, off).await?;
    let now = tenant.context.now();
    if let Some(reason) = off.filter(|_| endpoint.off.is_none()) {
        tracing::warn!(webhook.id = %endpoint.id, reason = reason.word(), "an endpoint was switched off");
        let entry = audit::Entry {
            at: now,
            actor: &Actor::System,
            action: "webhook.switched_off",
            subject: audit::Subject { kind: "webhook", id: &endpoint.id },
            detail: json!({ "reason": reason.word() }),
        };
        audit::append(writing, &tenant.key, entry).await?;
    }
    change::append(writing, now, Kind::Webhook, &endpoint.id, None).await
}

#[cfg(test)]
mod tests {
    use super::{Answer, Attempted, Due, decide};
    use crate::api::types::{WebhookEventType, WebhookFailure};
    use crate::time::Time;

    fn after(attempts: i64, kind: WebhookEventType, failure: Option<WebhookFailure>) -> Attempted {
        let due = Due { sequence: 1, lane: "l".to_owned(), kind, attempts };
        let answer = Answer { status: Some(500), latency_ms: 7, failure, retry_after_seconds: None };
        decide(&due, &answer, 0, Time::from_millis(1_000))
    }

    #[test]
    fn a_failure_is_tried_again_until_it_is_given_up() {
        let (kind, failure) = (WebhookEventType::CallEnded, Some(WebhookFailure::Status));
        let first = after(0, kind, failure);
        assert_eq!((first.state, first.attempts, first.due_at), ("waiting", 1, Time::from_millis(5_000)));
        assert_eq!(after(10, kind, failure).state, "waiting");
        assert_eq!(after(11, kind, failure).state, "dead");
        assert_eq!(after(3, kind, None).state, "delivered");
    }

    #[test]
    fn who_is_gone_and_a_test_get_one_attempt() {
        assert_eq!(after(0, WebhookEventType::CallEnded, Some(WebhookFailure::Gone)).state, "dead");
        assert_eq!(after(0, WebhookEventType::WebhookTest, Some(WebhookFailure::Timeout)).state, "dead");
    }
}
