//! What a demonstration's staff has in hand goes back to where others take it: real patients must not be left with nobody.

use super::error::DemoError;
use super::store;
use crate::actor::Actor;
use crate::callback::{self, CallbackError};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError, Phase, Refusal, Right, Target, record};
use crate::ids::{ConsultationId, OperatorId};
use crate::operator::Member;
use crate::tenant::Tenant;

/// Hands back what `operator` has, in the name of the supervisor who removes.
pub(super) async fn hand_back(
    tenant: &Tenant,
    operator: &OperatorId,
    supervisor: &Member,
    actor: &Actor,
) -> Result<(), DemoError> {
    let mut reading = tenant.store.read().await?;
    let consultations = store::consultations_with(&mut reading, operator).await?;
    let callbacks = store::callbacks_with(&mut reading, operator).await?;
    drop(reading);
    for id in &consultations {
        leave(tenant, id, operator, supervisor, actor).await?;
    }
    for id in &callbacks {
        let desk = callback::Desk { tenant, member: supervisor, actor };
        match desk.release(id, None).await {
            // Somebody was faster.
            Ok(_) | Err(CallbackError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn leave(
    tenant: &Tenant,
    id: &ConsultationId,
    operator: &OperatorId,
    supervisor: &Member,
    actor: &Actor,
) -> Result<(), DemoError> {
    let mut reading = tenant.store.read().await?;
    let record = record::load(&mut reading, id).await?.ok_or(ConsultationError::NotFound)?;
    drop(reading);
    let (Phase::Active { team } | Phase::OnHold { team, .. }) = &record.state.phase else { return Ok(()) };
    let (by, right) = (supervisor.id.clone(), Right::Supervisor);
    let command = if team.lead == *operator {
        Command::Transfer { by, right, to: Target::Queue(record.state.queue.clone()) }
    } else {
        Command::Dismiss { by, right, operator: operator.clone() }
    };
    match transition::apply(tenant, id, &command, Circumstances { actor, note: None, by_macro: None }).await {
        // Somebody was faster.
        Ok(_) | Err(ConsultationError::Refused(Refusal::WrongPhase(_) | Refusal::IsLead)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
