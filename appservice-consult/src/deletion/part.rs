//! One part of the end of an account, carried out by the outbox's worker. Each is idempotent: a crash repeats it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::DeletionError;
use super::{store, survey};
use crate::actor::Actor;
use crate::audit;
use crate::callback::{self, Left};
use crate::conclusion;
use crate::consent;
use crate::consultation::{device_check, record};
use crate::conversation;
use crate::custody;
use crate::field;
use crate::follow_up;
use crate::ids::{ConsultationId, PatientId};
use crate::note;
use crate::patient;
use crate::plain::{self, DoorError};
use crate::questionnaire;
use crate::rating;
use crate::retention::{self, Fate, RetentionError, Why};
use crate::store::tables::Deletion;
use crate::tenant::Tenant;

/// Pause before what is not sealed yet is looked at again. Unit: milliseconds.
const SEALING_PAUSE_MS: i64 = 500;
/// A patient who deletes his account himself is answered for so long after its end, whose token was asked for just before it: he may have lost his receipt on the
/// way. Until then its name has to stay known here. Where somebody else ends an account, its tokens are over at once. Unit: seconds.
const TOKENS_END_SECONDS: i64 = 30;

/// A part, in the order in which they are carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The account at the homeserver ends: sessions, keys, profile, media it showed; it leaves its rooms.
    Account,
    /// Records of the archive are erased, except what is held or kept by its class.
    Records,
    /// What is personal of call-backs is erased.
    Callbacks,
    /// Notes, conclusions, words of ratings, who was given spare keys, the keeper's spare key.
    Around,
    /// The keeper leaves the conversations' rooms.
    Rooms,
    /// The record is parted from the account; consents stay, without the devices on which they were given.
    Parting,
}

impl Part {
    /// All of them, in their order.
    pub const ALL: [Self; 6] =
        [Self::Account, Self::Records, Self::Callbacks, Self::Around, Self::Rooms, Self::Parting];
}

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Done.
    Done,
    /// Not yet: look again in so many milliseconds.
    NotYet(i64),
}

/// Carries out a part.
pub async fn carry_out(tenant: &Tenant, patient: &PatientId, part: Part) -> Result<Progress, DeletionError> {
    match part {
        Part::Account => end_account(tenant, patient).await,
        Part::Records => erase_records(tenant, patient).await,
        Part::Callbacks => erase_callbacks(tenant, patient).await,
        Part::Around => erase_around(tenant, patient).await,
        Part::Rooms => leave_rooms(tenant, patient).await,
        Part::Parting => part_from_account(tenant, patient).await,
    }
}

async fn end_account(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    let mut reading = tenant.store.read().await?;
    let patient = patient::load(&mut reading, &tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
    let deletion = store::load(&mut reading, tenant, id).await?.ok_or(DeletionError::NotFound)?;
    drop(reading);
    if !patient.is_parted() {
        tenant.homeserver.end_account(patient.user_id.as_str()).await?;
        if deletion.by.is_some() {
            tenant.ended_accounts.note(&patient.user_id);
        }
    }
    let mut writing = tenant.store.write().await?;
    store::note(&mut writing, id, Deletion::AccountEndedAt, tenant.context.now()).await?;
    writing.commit().await?;
    Ok(Progress::Done)
}

/// Erases what may go. What is held is noted, so that it goes when the hold is lifted.
pub(super) async fn erase_records(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    let mut reading = tenant.store.read().await?;
    let patient = patient::load(&mut reading, &tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
    let deletion = store::load(&mut reading, tenant, id).await?.ok_or(DeletionError::NotFound)?;
    let survey = survey::survey(&mut reading, tenant, &patient).await?;
    drop(reading);
    let actor = actor(tenant, &deletion);
    let reason = deletion.by.as_ref().map(|(_, reason)| reason.as_str());
    let mut progress = Progress::Done;
    for (record, fate) in &survey.records {
        if *fate != Fate::Goes {
            continue;
        }
        let erased = match record.sealed {
            Some(_) => retention::erase(tenant, &record.id, &actor, Why::AccountDeleted { reason }).await,
            None => retention::erase_unsealed(tenant, &record.id).await,
        };
        match erased {
            Ok(()) | Err(RetentionError::Held | RetentionError::NotDue) => {}
            Err(RetentionError::NotSealed) => progress = Progress::NotYet(SEALING_PAUSE_MS),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(progress)
}

/// Who erases: the supervisor who did it; the service where it was the patient, whose account's name is to be in no tombstone.
fn actor(tenant: &Tenant, deletion: &store::Record) -> Actor {
    let by = deletion.by.as_ref().and_then(|(operator, _)| tenant.staff.by_id(operator));
    by.map_or(Actor::System, |member| Actor::Staff {
        id: member.id.clone(),
        user_id: member.user_id.clone(),
        role: member.role,
    })
}

pub(super) async fn erase_callbacks(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    Ok(match callback::erase_patient(tenant, id).await? {
        Left::Nothing | Left::Held => Progress::Done,
        Left::NotSealed => Progress::NotYet(SEALING_PAUSE_MS),
    })
}

/// What staff and patient wrote around the records. A hold on all of a patient's records keeps it too, one on a record what belongs to that record.
pub(super) async fn erase_around(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    let mut reading = tenant.store.read().await?;
    let patient = patient::load(&mut reading, &tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
    let all = record::load_of_patient(&mut reading, id).await?;
    let is_all_held = retention::is_patient_held(&mut reading, id).await?;
    let held = retention::held_of(&mut reading, tenant, &all).await?;
    if survey::has_unsealed(&mut reading, id).await? || is_signed_anew(&mut reading, tenant, &all).await? {
        return Ok(Progress::NotYet(SEALING_PAUSE_MS));
    }
    drop(reading);
    if !patient.is_parted() {
        tenant.keeper.forget_backup_secret(patient.user_id.as_str()).await?;
    }
    let mut writing = tenant.store.write().await?;
    custody::forget(&mut writing, id).await?;
    if !is_all_held && held.is_empty() {
        note::erase_patient(&mut writing, tenant, id, &Actor::System).await?;
        conclusion::erase_patient(&mut writing, tenant, id, &Actor::System).await?;
        follow_up::erase_patient(&mut writing, id).await?;
    }
    let free: Vec<&ConsultationId> =
        all.iter().map(|record| &record.id).filter(|id| !is_all_held && !held.contains_key(*id)).collect();
    for consultation in free {
        note::erase_consultation(&mut writing, tenant, consultation).await?;
        conclusion::erase_consultation(&mut writing, consultation).await?;
        rating::erase_words(&mut writing, consultation).await?;
        questionnaire::erase_consultation(&mut writing, consultation).await?;
        device_check::erase_consultation(&mut writing, consultation).await?;
        field::erase_consultation(&mut writing, consultation).await?;
        follow_up::erase_consultation(&mut writing, consultation).await?;
    }
    store::note_held(&mut writing, id, is_all_held || !held.is_empty()).await?;
    writing.commit().await?;
    Ok(Progress::Done)
}

/// Whether a conclusion was signed that is in no record yet.
async fn is_signed_anew(
    session: &mut crate::store::Session,
    tenant: &Tenant,
    all: &[crate::consultation::Record],
) -> Result<bool, DeletionError> {
    for record in all.iter().filter(|record| record.sealed.is_some() && record.erased_at.is_none()) {
        if !conclusion::not_sealed(session, tenant, &record.id).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn leave_rooms(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    let mut reading = tenant.store.read().await?;
    let conversations = conversation::by_patient(&mut reading, id).await?;
    drop(reading);
    let keeper = tenant.keeper_acts();
    for conversation in conversations {
        let Some(room) = conversation.room else { continue };
        keeper.leave(room.as_str()).await?;
    }
    match plain::leave(tenant, id).await {
        Ok(()) => Ok(Progress::Done),
        Err(DoorError::Homeserver(error)) => Err(error.into()),
        Err(DoorError::Store(error)) => Err(error.into()),
        Err(DoorError::Patient(_)) => Err(DeletionError::NotFound),
    }
}

async fn part_from_account(tenant: &Tenant, id: &PatientId) -> Result<Progress, DeletionError> {
    let mut writing = tenant.store.write().await?;
    let deletion = store::load(&mut writing, tenant, id).await?.ok_or(DeletionError::NotFound)?;
    let now = tenant.context.now();
    if let (None, Some(ended_at)) = (&deletion.by, deletion.account_ended_at) {
        let wait = TOKENS_END_SECONDS - now.seconds_since(ended_at);
        if wait > 0 {
            return Ok(Progress::NotYet(wait * 1_000));
        }
    }
    if deletion.finished_at.is_none() {
        patient::part_from_account(&mut writing, id).await?;
        consent::forget_devices(&mut writing, id).await?;
        store::note(&mut writing, id, Deletion::FinishedAt, now).await?;
        let subject = audit::Subject { kind: "patient", id: id.as_str() };
        let detail = json!({ "receipt": deletion.signed.receipt.number, "held": deletion.held });
        let entry =
            audit::Entry { at: now, actor: &Actor::System, action: "patient.deletion_finished", subject, detail };
        audit::append(&mut writing, &tenant.key, entry).await?;
        writing.commit().await?;
    } else {
        // What was done before a crash is written out now, which waits for whoever writes.
        drop(writing);
    }
    tenant.patients.forget(id);
    tenant.store.write_out().await?;
    Ok(Progress::Done)
}
