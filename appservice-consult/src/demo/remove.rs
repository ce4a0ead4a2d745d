//! The next step of a removal, for each account that has not ended. What stands now decides, so that a crash repeats a step and loses none.

use serde_json::json;

use super::error::DemoError;
use super::hand_back::hand_back;
use super::store::{self, Account, Removal};
use crate::actor::Actor;
use crate::api::types::Phase;
use crate::audit;
use crate::callback;
use crate::change::{self, Kind};
use crate::consultation::transition::{self, Circumstances};
use crate::consultation::{Command, ConsultationError, Right, Target, record};
use crate::deletion::{self, By, DeletionError, Obstacle};
use crate::ids::{ConsultationId, PatientId};
use crate::operator;
use crate::patient;
use crate::tenant::Tenant;

/// What stands in the receipts of invented patients, and beside their tombstones.
const REASON: &str = "Demonstration data were removed.";

/// Who removes.
struct Remover {
    member: std::sync::Arc<operator::Member>,
    actor: Actor,
}

/// One round of the removal that is under way, if one is. An account that fails does not keep the others; the first failure is told at the end.
pub async fn run(tenant: &Tenant) -> Result<(), DemoError> {
    let mut reading = tenant.store.read().await?;
    let Some(removal) = store::under_way(&mut reading).await? else { return Ok(()) };
    let accounts = store::active(&mut reading).await?;
    drop(reading);
    let remover = remover(tenant, &removal)?;
    let mut failed = None;
    for account in &accounts {
        if let Err(error) = end(tenant, account, &remover).await {
            failed = failed.or(Some(error));
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    finish(tenant, &removal, &remover.actor).await
}

fn remover(tenant: &Tenant, removal: &Removal) -> Result<Remover, DemoError> {
    let member = tenant.staff.by_id(&removal.by).ok_or(operator::OperatorError::NotFound)?;
    let actor = Actor::Staff { id: member.id.clone(), user_id: member.user_id.clone(), role: member.role };
    Ok(Remover { member, actor })
}

/// Brings an account nearer to its end.
async fn end(tenant: &Tenant, account: &Account, remover: &Remover) -> Result<(), DemoError> {
    if let Some(member) = tenant.staff.by_user(&account.user) {
        // First, so that he takes nothing new. What he said to real patients is theirs too.
        tenant.homeserver.retire_account(account.user.as_str()).await?;
        tenant.ended_accounts.note(&account.user);
        hand_back(tenant, &member.id, &remover.member, &remover.actor).await?;
        operator::part(tenant, &member.id, &remover.actor).await?;
    }
    if let Some(former) = tenant.staff.parted(&account.user) {
        // What he took in a request that was under way; also where the process died in between.
        hand_back(tenant, &former.id, &remover.member, &remover.actor).await?;
    }
    if let Some(patient) = &account.patient {
        return end_patient(tenant, patient, remover).await;
    }
    tenant.homeserver.end_account(account.user.as_str()).await?;
    tenant.ended_accounts.note(&account.user);
    let mut writing = tenant.store.write().await?;
    store::note_ended(&mut writing, &account.user, tenant.context.now()).await?;
    Ok(writing.commit().await?)
}

/// Begins the deletion of an invented patient's account, or ends what stands in its way. The mark ends in the transaction that begins it.
async fn end_patient(tenant: &Tenant, id: &PatientId, remover: &Remover) -> Result<(), DemoError> {
    let mut reading = tenant.store.read_at_length().await?;
    let patient = patient::load(&mut reading, &tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
    let obstacle = deletion::survey(&mut reading, tenant, &patient).await?.obstacle;
    drop(reading);
    match obstacle {
        None => {
            let by = By::Supervisor { id: &remover.member.id, reason: REASON };
            match deletion::begin(tenant, id, by, &remover.actor).await {
                // Something began in between: the next round ends it.
                Ok(_) | Err(DeletionError::NotNow(_)) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
        Some(Obstacle::Consultation(consultation, phase)) => {
            end_consultation(tenant, &consultation, phase, remover).await
        }
        Some(Obstacle::Callback(id)) => {
            callback::cancel(tenant, &id, &remover.actor).await.map(drop).map_err(Into::into)
        }
        // They pass by themselves, in seconds: a call ends with what it was about.
        Some(Obstacle::Call | Obstacle::Sealing | Obstacle::Staff) => Ok(()),
    }
}

/// What waits is withdrawn, what is led is closed. Where a conclusion would have to be written first, it goes back to its queue, and the next round withdraws it.
async fn end_consultation(
    tenant: &Tenant,
    id: &ConsultationId,
    phase: Phase,
    remover: &Remover,
) -> Result<(), DemoError> {
    let circumstances = Circumstances { actor: &remover.actor, note: None, by_macro: None };
    let (by, right) = (remover.member.id.clone(), Right::Supervisor);
    let command = if phase == Phase::Queued { Command::Cancel } else { Command::Close { by: by.clone(), right } };
    match transition::apply(tenant, id, &command, circumstances).await {
        Ok(_) | Err(ConsultationError::Refused(_)) => Ok(()),
        Err(ConsultationError::ConclusionMissing) => {
            let mut reading = tenant.store.read().await?;
            let record = record::load(&mut reading, id).await?.ok_or(ConsultationError::NotFound)?;
            drop(reading);
            let back = Command::Transfer { by, right, to: Target::Queue(record.state.queue) };
            Ok(transition::apply(tenant, id, &back, circumstances).await.map(drop)?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes down what came of it, once nothing is under way any more.
async fn finish(tenant: &Tenant, removal: &Removal, actor: &Actor) -> Result<(), DemoError> {
    let mut writing = tenant.store.write().await?;
    if !store::active(&mut writing).await?.is_empty() || store::is_deleting(&mut writing).await? {
        return Ok(());
    }
    let now = tenant.context.now();
    let outcome = store::outcome(&mut writing, removal.accounts).await?;
    if !store::finish(&mut writing, &removal.id, now, outcome).await? {
        return Ok(());
    }
    let subject = audit::Subject { kind: "demo", id: &removal.id };
    let entry = audit::Entry { at: now, actor, action: "demo.removal_finished", subject, detail: json!(outcome) };
    audit::append(&mut writing, &tenant.key, entry).await?;
    change::append(&mut writing, now, Kind::Setup, "demo", None).await?;
    Ok(writing.commit().await?)
}
