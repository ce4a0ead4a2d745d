//! What becomes of invitations because time passes, or because the consultation has gone on without them.

use super::record::{self, Record};
use super::service::end;
use crate::actor::Actor;
use crate::api::types::QueueInvitationState as State;
use crate::consultation::record as consultations;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Ends what nobody answered in time, and what asks into something that nobody leads any more; returns how many.
pub async fn run_due(tenant: &Tenant) -> Result<usize, StoreError> {
    let mut reading = tenant.store.read().await?;
    let mut due = Vec::new();
    for record in record::open(&mut reading).await? {
        if let Some(became) = became(&mut reading, tenant, &record).await? {
            due.push((record, became));
        }
    }
    drop(reading);
    let mut ended = 0;
    for (record, became) in due {
        let mut writing = tenant.store.write().await?;
        if end(&mut writing, tenant, &record, (became, None), &Actor::System).await? {
            writing.commit().await?;
            ended += 1;
        }
    }
    Ok(ended)
}

async fn became(session: &mut Session, tenant: &Tenant, record: &Record) -> Result<Option<State>, StoreError> {
    if record.state_at(tenant.context.now()) == State::Expired {
        return Ok(Some(State::Expired));
    }
    let consultation = consultations::load(session, &record.consultation).await?;
    let is_led = consultation.is_some_and(|consultation| consultation.state.phase.team().is_some());
    Ok((!is_led).then_some(State::Over))
}
