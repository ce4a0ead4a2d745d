//! Runs the lanes: several at once, each in order.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::carry_out::{Outcome, carry_out};
use super::store;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;

/// Lanes that run at once.
const LANES_AT_ONCE: usize = 8;
/// Tasks that a lane does before it writes down what is done: one sync for all of them.
const RUN: u64 = 16;
/// Longest sleep: what was put off, and what a lost hint announced, is found by then.
const SLEEP_MAX: Duration = Duration::from_secs(2);
/// Shortest sleep, so that a task that is not ready does not spin.
const SLEEP_MIN: Duration = Duration::from_millis(20);
/// First pause after a failure; it doubles each time.
const PAUSE_FIRST_MS: i64 = 500;
/// Longest pause between two tries.
const PAUSE_MAX_MS: i64 = 300_000;
/// Tries of what may pass before the lane goes on without it: with the pauses above, about a week.
const ATTEMPTS_MAX: i64 = 2_000;

/// The worker of one tenant's outbox.
pub struct Worker {
    tenant: Arc<Tenant>,
    busy: Mutex<HashSet<String>>,
    places: Semaphore,
    lanes: TaskTracker,
}

impl Worker {
    /// A worker for a tenant.
    pub fn new(tenant: Arc<Tenant>) -> Arc<Self> {
        Arc::new(Self {
            tenant,
            busy: Mutex::new(HashSet::new()),
            places: Semaphore::new(LANES_AT_ONCE),
            lanes: TaskTracker::new(),
        })
    }

    /// Runs until it is told to stop; what is under way is finished first.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let mut hints = self.tenant.store.hints().effects();
        while !stop.is_cancelled() {
            hints.mark_unchanged();
            let sleep = match self.round().await {
                Ok(sleep) => sleep,
                Err(error) => {
                    tracing::error!(error = %crate::api::problem::chain(&error), "the outbox cannot be read");
                    SLEEP_MAX
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(sleep) => {}
                _ = hints.changed() => {}
            }
        }
        self.lanes.close();
        self.lanes.wait().await;
    }

    /// Starts every lane that is due and not running; returns how long there is nothing else to start.
    async fn round(self: &Arc<Self>) -> Result<Duration, StoreError> {
        let mut reading = self.tenant.store.read().await?;
        let lanes = store::lanes(&mut reading).await?;
        drop(reading);
        let now = self.tenant.context.now();
        let mut sleep = SLEEP_MAX;
        for (lane, due_at) in lanes {
            if is_put_off(due_at, now) {
                let wait = u64::try_from(due_at.as_millis() - now.as_millis()).unwrap_or(0);
                sleep = sleep.min(Duration::from_millis(wait));
            } else if self.busy.lock().insert(lane.clone()) {
                let worker = Arc::clone(self);
                self.lanes.spawn(async move { worker.run_lane(lane).await });
            }
        }
        Ok(sleep.max(SLEEP_MIN))
    }

    async fn run_lane(self: Arc<Self>, lane: String) {
        let _place = self.places.acquire().await;
        if let Err(error) = self.run_tasks(&lane).await {
            tracing::error!(error = %crate::api::problem::chain(&error), lane = %lane, "a lane of the outbox stopped");
            tokio::time::sleep(SLEEP_MAX).await;
        }
        self.busy.lock().remove(&lane);
        // What came meanwhile found the lane busy: look again.
        self.tenant.store.hints().wake_effects();
    }

    async fn run_tasks(&self, lane: &str) -> Result<(), StoreError> {
        let mut reading = self.tenant.store.read().await?;
        let rows = store::first(&mut reading, lane, RUN).await?;
        drop(reading);
        let (mut done, mut stopped_by) = (Vec::new(), None);
        let mut rows = rows.into_iter();
        while let Some(row) = rows.next() {
            if is_put_off(row.due_at, self.tenant.context.now()) {
                break;
            }
            if row.task.is_done_by_the_last() && rows.as_slice().iter().any(|later| later.task == row.task) {
                done.push(row.id);
                continue;
            }
            match carry_out(&self.tenant, row.id, &row.task).await {
                Outcome::Done => done.push(row.id),
                outcome => {
                    stopped_by = Some((row, outcome));
                    break;
                }
            }
        }
        let mut writing = self.tenant.store.write().await?;
        store::done(&mut writing, &done).await?;
        if let Some((row, outcome)) = stopped_by {
            self.settle(&mut writing, &row, outcome).await?;
        }
        writing.commit().await
    }

    async fn settle(
        &self,
        writing: &mut crate::store::Writing,
        row: &store::Row,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        let now = self.tenant.context.now();
        let in_ms = |pause: i64| Time::from_millis(now.as_millis().saturating_add(pause));
        match outcome {
            Outcome::Done => store::done(writing, &[row.id]).await,
            Outcome::NotYet(pause) => store::put_off(writing, row.id, row.attempts, in_ms(pause)).await,
            Outcome::TryAgain(reason) if row.attempts < ATTEMPTS_MAX => {
                tracing::warn!(effect.id = row.id, attempts = row.attempts, reason = %reason, "an effect is tried again later");
                store::put_off(writing, row.id, row.attempts + 1, in_ms(pause_ms(row.attempts))).await
            }
            Outcome::TryAgain(reason) | Outcome::Hopeless(reason) => {
                tracing::error!(effect.id = row.id, reason = %reason, "an effect was given up");
                store::give_up(writing, row.id, &reason).await
            }
        }
    }
}

/// Whether a task has to wait still. None is put off for longer than the longest pause: one that seems to be was, before the clock was set back.
fn is_put_off(due_at: Time, now: Time) -> bool {
    (1..=PAUSE_MAX_MS).contains(&due_at.as_millis().saturating_sub(now.as_millis()))
}

/// The pause before try number `attempts + 2`.
fn pause_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(0, 20)).unwrap_or(20);
    PAUSE_FIRST_MS.saturating_mul(1 << doublings).min(PAUSE_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::{is_put_off, pause_ms};
    use crate::time::Time;

    #[test]
    fn what_was_put_off_before_the_clock_was_set_back_waits_no_longer_than_any_pause() {
        let now = Time::from_millis(10_000_000);
        let after = |milliseconds: i64| Time::from_millis(now.as_millis() + milliseconds);
        assert!(!is_put_off(now, now) && !is_put_off(after(-1), now));
        assert!(is_put_off(after(1), now) && is_put_off(after(300_000), now));
        assert!(!is_put_off(after(300_001), now) && !is_put_off(after(3_600_000), now));
    }

    #[test]
    fn pauses_double_and_stay_below_five_minutes() {
        assert_eq!([pause_ms(0), pause_ms(1), pause_ms(3), pause_ms(500)], [500, 1_000, 4_000, 300_000]);
    }
}
