//! Sends what is due: each endpoint has places of its own, so a slow one delays nobody else.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::OnceCell;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::delivery::{self, Due};
use super::personal;
use super::send::Sender;
use super::settle::settle;
use super::store::{self, Subscription};
use crate::api::problem::chain;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Deliveries to one endpoint that are on their way at once.
const PLACES_OF_ONE_ENDPOINT: usize = 4;
/// Longest sleep: what was put off, and what a lost hint announced, is found by then.
const SLEEP_MAX: Duration = Duration::from_secs(5);
/// Shortest sleep, so that what cannot be written down does not spin.
const SLEEP_MIN: Duration = Duration::from_millis(20);
/// Pause after a failure of ours.
const PAUSE: Duration = Duration::from_secs(2);

/// Why a delivery could not even be tried.
#[derive(Debug, thiserror::Error)]
enum TrialError {
    #[error("the machine's trusted certificates cannot be read")]
    Sender(#[from] reqwest::Error),
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// The worker of one tenant's webhooks.
pub struct Worker {
    tenant: Arc<Tenant>,
    /// Made for the first delivery: most tenants have no endpoint.
    sender: OnceCell<Sender>,
    /// What is on its way, by endpoint.
    on_the_way: Mutex<HashMap<String, Vec<i64>>>,
    deliveries: TaskTracker,
}

impl Worker {
    /// A worker for a tenant.
    pub fn new(tenant: Arc<Tenant>) -> Arc<Self> {
        Arc::new(Self { tenant, sender: OnceCell::new(), on_the_way: Mutex::default(), deliveries: TaskTracker::new() })
    }

    /// Runs until it is told to stop. What is on its way then is let go of, and sent again after the next start under the same id.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut hints = self.tenant.store.hints().webhooks();
        while !stop.is_cancelled() {
            hints.mark_unchanged();
            let sleep = match self.round(&stop).await {
                Ok(sleep) => sleep,
                Err(error) => {
                    tracing::error!(error = %chain(&error), "the webhooks' deliveries cannot be read");
                    PAUSE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(sleep) => {}
                _ = hints.changed() => {}
            }
        }
        self.deliveries.close();
        self.deliveries.wait().await;
    }

    /// Starts what is due and has a place; returns how long there is nothing else to start.
    async fn round(self: &Arc<Self>, stop: &CancellationToken) -> Result<Duration, StoreError> {
        let now = self.tenant.context.now();
        let mut sleep = SLEEP_MAX;
        // Before the snapshot: what was settled between the two is not due in it, and would be sent twice the other way round.
        let on_the_way = self.on_the_way.lock().clone();
        let mut reading = self.tenant.store.read().await?;
        let mut found = Vec::new();
        for subscription in store::subscriptions(&mut reading).await? {
            if let Some(next) = delivery::next_due(&mut reading, &subscription.endpoint, now).await? {
                let wait = u64::try_from(next.as_millis() - now.as_millis()).unwrap_or(0);
                sleep = sleep.min(Duration::from_millis(wait));
            }
            let busy = on_the_way.get(&subscription.endpoint).cloned().unwrap_or_default();
            // Those on their way are due too.
            let wanted = (PLACES_OF_ONE_ENDPOINT + busy.len()) as u64;
            let due = delivery::due(&mut reading, &subscription, now, wanted).await?;
            found.push((subscription, busy, due));
        }
        drop(reading);
        for (subscription, busy, due) in found {
            self.start(&subscription, &busy, due, stop);
        }
        Ok(sleep.max(SLEEP_MIN))
    }

    fn start(self: &Arc<Self>, to: &Subscription, busy: &[i64], due: Vec<Due>, stop: &CancellationToken) {
        let free = PLACES_OF_ONE_ENDPOINT.saturating_sub(busy.len());
        for due in due.into_iter().filter(|due| !busy.contains(&due.sequence)).take(free) {
            self.on_the_way.lock().entry(to.endpoint.clone()).or_default().push(due.sequence);
            let (worker, endpoint, stop) = (Arc::clone(self), to.endpoint.clone(), stop.clone());
            self.deliveries.spawn(async move { worker.deliver(endpoint, due, stop).await });
        }
    }

    async fn deliver(self: Arc<Self>, endpoint: String, due: Due, stop: CancellationToken) {
        let tried = tokio::select! {
            () = stop.cancelled() => Ok(()),
            tried = self.try_once(&endpoint, &due) => tried,
        };
        if let Err(error) = tried {
            tracing::error!(error = %chain(&error), webhook.id = %endpoint, "a delivery could not be tried");
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
        if let Some(busy) = self.on_the_way.lock().get_mut(&endpoint) {
            busy.retain(|sequence| *sequence != due.sequence);
        }
        // A place is free.
        self.tenant.store.hints().wake_webhooks();
    }

    async fn try_once(&self, endpoint: &str, due: &Due) -> Result<(), TrialError> {
        let tenant = &self.tenant;
        let mut reading = tenant.store.read().await?;
        let found = store::load(&mut reading, &tenant.key, endpoint).await?;
        let event = delivery::event(&mut reading, due.sequence).await?;
        drop(reading);
        let (Some(to), Some(event)) = (found, event) else { return Ok(()) };
        let body = personal::body(tenant, &event, &to.fields).await?;
        let sender = self.sender.get_or_try_init(|| async { Sender::new(tenant.webhook_reach) }).await?;
        let answer = sender.send(&to, &event.id, body, tenant.context.now()).await;
        settle(tenant, endpoint, due, &answer).await?;
        Ok(())
    }
}
