//! Asking: whatever changes at the desk, what waits is matched anew, and who is found is asked.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::matching::matched;
use super::model::Match;
use super::snapshot::{Snapshot, offered};
use crate::actor::Actor;
use crate::api::problem::chain;
use crate::consultation::transition::{Circumstances, apply};
use crate::consultation::{Command, ConsultationError};
use crate::ids::OperatorId;
use crate::operator::is_on_duty;
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
    withdraw(tenant).await?;
    let mut asked = 0;
    loop {
        let now = tenant.context.now();
        let mut reading = tenant.store.read_at_length().await?;
        let Snapshot { waiting, agents, rules } = Snapshot::load(&mut reading, tenant, now).await?;
        drop(reading);
        let mut asked_now = 0;
        for one in &matched(&waiting, &agents, &rules, now) {
            asked_now += usize::from(ask(tenant, one).await?);
        }
        asked += asked_now;
        // Whatever was faster than this picture is a change, which wakes the next look.
        if asked_now == 0 {
            return Ok(asked);
        }
    }
}

/// Whether he was asked. Somebody may have taken it, or the patient gone, since the picture was made.
async fn ask(tenant: &Tenant, Match { consultation, queue, operator }: &Match) -> Result<bool, ConsultationError> {
    let seconds = tenant.brand().queue(queue.as_str()).map_or(0, |queue| queue.routing.offer_seconds);
    let until = tenant.context.now().plus_seconds(i64::from(seconds));
    let command = Command::Offer { operator: operator.clone(), until };
    let circumstances = Circumstances { actor: &Actor::System, note: None, by_macro: None };
    match apply(tenant, consultation, &command, circumstances).await {
        Ok(_) => Ok(true),
        Err(ConsultationError::Refused(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whoever left his desk is not waited for.
async fn withdraw(tenant: &Tenant) -> Result<(), ConsultationError> {
    let mut reading = tenant.store.read().await?;
    let offered = offered(&mut reading).await?;
    drop(reading);
    let has_left = |operator: &OperatorId| tenant.staff.by_id(operator).is_none_or(|member| !is_on_duty(member.status));
    for (consultation, operator) in offered.into_iter().filter(|(_, operator)| has_left(operator)) {
        let circumstances = Circumstances { actor: &Actor::System, note: None, by_macro: None };
        match apply(tenant, &consultation, &Command::Pass { operator }, circumstances).await {
            Ok(_) | Err(ConsultationError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
