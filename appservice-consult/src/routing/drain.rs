//! Asking: whatever changes at the desk, what waits is matched anew, and who is found is asked.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::matching::matched;
use super::model::Match;
use super::snapshot::Snapshot;
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::consultation::transition::{Circumstances, apply};
use crate::consultation::{Command, ConsultationError, Refusal};
use crate::tenant::Tenant;

/// Some rules go by the clock alone: overflow, opening hours, asking again.
const LOOK: Duration = Duration::from_secs(1);
/// Changes so soon after one another are one.
const GATHER: Duration = Duration::from_millis(20);

const LOCK: &str = "routing";

/// Asks whoever can be asked for what waits; returns how many were asked.
///
/// Errors: `Contended`, `Store`.
pub async fn drain(tenant: &Tenant) -> Result<usize, ConsultationError> {
    // Two pictures at once would give one operator's room twice.
    let _turn = tenant.locks.lock(LOCK).await;
    let mut asked = 0;
    loop {
        let now = tenant.context.now();
        let mut reading = tenant.store.read().await?;
        let Snapshot { waiting, agents, rules } = Snapshot::load(&mut reading, tenant, now).await?;
        drop(reading);
        let matches = matched(&waiting, &agents, &rules, now);
        if matches.is_empty() {
            return Ok(asked);
        }
        for one in &matches {
            asked += usize::from(ask(tenant, one).await?);
        }
    }
}

/// Whether he was asked. Somebody may have taken it, or the patient gone, since the picture was made.
async fn ask(tenant: &Tenant, Match { consultation, queue, operator }: &Match) -> Result<bool, ConsultationError> {
    let seconds = tenant.brand.queue(queue.as_str()).map_or(0, |queue| queue.routing.offer_seconds);
    let until = tenant.context.now().plus_seconds(i64::from(seconds));
    let command = Command::Offer { operator: operator.clone(), until };
    let circumstances = Circumstances { actor: &Actor::System, note: None };
    match apply(tenant, consultation, &command, circumstances).await {
        Ok(_) => Ok(true),
        Err(ConsultationError::Refused(Refusal::WrongPhase(_) | Refusal::OfferedTo { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Asks after each change, until it is told to stop.
pub async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    let mut changes = tenant.store.hints().changes();
    while !stop.is_cancelled() {
        changes.mark_unchanged();
        if let Err(error) = drain(&tenant).await {
            tracing::error!(error = %chain(&error), "nobody could be asked for what waits");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            _ = changes.changed() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
