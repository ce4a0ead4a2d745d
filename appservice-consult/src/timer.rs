//! What happens because time passes: holds end, waits are given up, call-backs become overdue, follow-ups come due, invitations of queues end, silent consoles make their operators away,
//! what those led goes back, silent patients are asked, old rows go.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::api::problem::chain;
use crate::api_key;
use crate::callback::{self, CallbackError};
use crate::change;
use crate::consultation::{self, ConsultationError};
use crate::deletion::{self, DeletionError};
use crate::demo::{self, DemoError};
use crate::follow_up;
use crate::intake;
use crate::leaving::{self, LeavingError};
use crate::operator::{self, OperatorError};
use crate::plain;
use crate::queue_invitation;
use crate::retention::{self, RetentionError};
use crate::rules;
use crate::search;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::webhook;

/// Between two looks at what is due. Holds and waits are set in minutes.
const LOOK: Duration = Duration::from_secs(1);
const LOCK: &str = "timer";
/// Looks between two times of tidying.
const TIDY_EVERY: u32 = 600;

/// A round failed.
#[derive(Debug, thiserror::Error)]
pub enum TimerError {
    /// A consultation's time-out could not be applied.
    #[error("a time-out could not be applied")]
    Consultation(#[from] ConsultationError),
    /// A call-back's time-out could not be applied, or what is personal of an old one not be erased.
    #[error("a call-back could not be marked as overdue, or not be erased")]
    Callback(#[from] CallbackError),
    /// An operator's silence could not be noted.
    #[error("a silent console could not be noted")]
    Operator(#[from] OperatorError),
    /// What is led by who is gone could not be handed on.
    #[error("what is led by who is gone could not be handed on")]
    Leaving(#[from] LeavingError),
    /// A record whose time is over could not be erased.
    #[error("a record could not be erased")]
    Retention(#[from] RetentionError),
    /// What a hold kept of a deleted account could not be erased.
    #[error("what is left of a deleted account could not be erased")]
    Deletion(#[from] DeletionError),
    /// An account of a demonstration could not be ended.
    #[error("what was made to try things out could not be removed")]
    Demo(#[from] DemoError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// One look: everything that is due now.
pub async fn look(tenant: &Tenant) -> Result<(), TimerError> {
    // What one look began is done when the next one is.
    let _turn = tenant.locks.lock(LOCK).await;
    for operator in consultation::timeout::run_due(tenant).await?.missed {
        operator::missed_offer(tenant, &operator).await?;
    }
    consultation::sla::run_due(tenant).await?;
    callback::run_due(tenant).await?;
    follow_up::run_due(tenant).await?;
    queue_invitation::run_due(tenant).await?;
    operator::silence_lost(tenant).await?;
    leaving::run_due(tenant).await?;
    consultation::silence::run_due(tenant).await?;
    tenant.viewing.sweep(tenant.context.now());
    demo::run(tenant).await?;
    Ok(())
}

/// Forgets what nobody asks for any more; `backlog` changes are kept.
pub async fn tidy(tenant: &Tenant, backlog: i64) -> Result<(), TimerError> {
    let mut writing = tenant.store.write().await?;
    change::trim(&mut writing, backlog).await?;
    callback::forget_expired(&mut writing, tenant.context.now()).await?;
    webhook::tidy(&mut writing, tenant).await?;
    plain::forget_old(&mut writing, tenant.context.now()).await?;
    rules::tidy(&mut writing, tenant.context.now()).await?;
    api_key::forget_old(&mut writing, tenant).await?;
    search::forget_old(&mut writing, tenant.context.now()).await?;
    writing.commit().await?;
    intake::forget_old(tenant).await?;
    callback::erase_old(tenant).await?;
    retention::run_due(tenant).await?;
    deletion::run_held(tenant).await?;
    Ok(())
}

/// Looks again and again until it is told to stop.
pub async fn run(tenant: Arc<Tenant>, backlog: i64, stop: CancellationToken) {
    if let Err(error) = retention::classify_all(&tenant).await {
        tracing::error!(error = %chain(&error), "old records have no retention class yet");
    }
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut count = 0_u32;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = looks.tick() => {}
        }
        count = count.wrapping_add(1);
        let looked = if count.is_multiple_of(TIDY_EVERY) { tidy(&tenant, backlog).await } else { look(&tenant).await };
        if let Err(error) = looked {
            tracing::error!(error = %chain(&error), "what is due could not be done");
        }
    }
}
