//! Beginning, once: one SQL transaction empties the card and those of whom he acts for, writes the receipt, tells partners' systems and puts the parts in the
//! outbox.

use serde_json::json;

use super::error::DeletionError;
use super::part::Part;
use super::receipt::Receipt;
use super::store::{self, Record};
use super::survey;
use crate::actor::Actor;
use crate::audit;
use crate::demo;
use crate::follow_up;
use crate::ids::{OperatorId, PatientId};
use crate::invitation;
use crate::outbox::{self, Task};
use crate::patient::merge::{self, Merge};
use crate::patient::{self, Entry};
use crate::person::{self, PersonRecord};
use crate::retention;
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::webhook;

/// At whose word.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The patient's own.
    Patient,
    /// A supervisor, at the patient's written one.
    Supervisor {
        /// Who.
        id: &'a OperatorId,
        /// Why.
        reason: &'a str,
    },
}

/// Begins the deletion of a patient's account. One that has begun stays as it is: the same receipt is given.
///
/// Errors: `NotFound`, `NotNow`, `Retention(Invalid)` for the reason, `Store`.
pub async fn begin(tenant: &Tenant, id: &PatientId, by: By<'_>, actor: &Actor) -> Result<Record, DeletionError> {
    let by = match by {
        By::Patient => None,
        By::Supervisor { id, reason } => Some((id, retention::checked_reason(reason)?)),
    };
    // A request for a consultation that is under way is over first.
    let _turn = tenant.locks.lock(id.as_str()).await;
    let mut writing = tenant.store.write().await?;
    if let Some(before) = store::load(&mut writing, tenant, id).await? {
        return Ok(before);
    }
    let patient = patient::load(&mut writing, &tenant.key, id).await?.ok_or(DeletionError::NotFound)?;
    let survey = survey::survey(&mut writing, tenant, &patient).await?;
    if let Some(obstacle) = survey.obstacle {
        return Err(DeletionError::NotNow(obstacle));
    }
    let separated = merge::end_with_account(&mut writing, tenant, id).await?;
    patient::forget_dismissed(&mut writing, id).await?;
    let signed = Receipt::of(tenant, id, &survey).signed(tenant);
    let now = signed.receipt.at;
    store::insert(&mut writing, tenant, &signed, by).await?;
    patient::empty_card(&mut writing, tenant, &patient, now).await?;
    patient::note_row(&mut writing, tenant, id, now).await?;
    let persons = person::load_of_patient(&mut writing, &tenant.key, id).await?;
    person::empty_cards(&mut writing, tenant, &persons, now).await?;
    follow_up::cancel_patient(&mut writing, tenant, id).await?;
    demo::end_patient(&mut writing, id, now).await?;
    invitation::end_with_account(&mut writing, id, now).await?;
    let detail =
        json!({ "receipt": signed.receipt.number, "goes": signed.receipt.goes, "stays": signed.receipt.stays.len() });
    let subject = audit::Subject { kind: "patient", id: id.as_str() };
    let entry = audit::Entry { at: now, actor, action: "patient.deleted", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    // Told once, however often the parts that follow are carried out: here it is decided, and nothing takes it back.
    webhook::enqueue(&mut writing, tenant, vec![webhook::of_deletion(id, now)]).await?;
    for part in Part::ALL {
        let task = Task::DeleteAccount { patient: id.clone(), part };
        outbox::append(&mut writing, &lane(id), &task, now).await?;
    }
    let begun = store::load(&mut writing, tenant, id).await?.ok_or(DeletionError::NotFound)?;
    // Before the commit: who writes next finds him gone already.
    for merge in &separated {
        tenant.patients.part(&merge.part.patient);
    }
    tenant.patients.depart(id, &patient.user_id);
    for person in &persons {
        tenant.persons.forget(&person.id);
    }
    if let Err(error) = writing.commit().await {
        come_back(tenant, patient, persons);
        for Merge { leading, part, .. } in separated {
            tenant.patients.join(&leading, part);
        }
        return Err(error.into());
    }
    leave_no_log(tenant).await;
    Ok(begun)
}

/// Lane of the parts.
fn lane(id: &PatientId) -> String {
    format!("deletion {id}")
}

/// Nothing was written: he and whom he acts for are there as before.
fn come_back(tenant: &Tenant, patient: patient::PatientRecord, persons: Vec<PersonRecord>) {
    for PersonRecord { id, patient, kept, .. } in persons {
        tenant.persons.put(person::Entry { id, patient, kept });
    }
    tenant.patients.forget(&patient.id);
    tenant.patients.put(Entry { id: patient.id, user_id: patient.user_id, card: patient.card });
}

/// What stood on the card lies in the write-ahead log until it is emptied; while somebody reads, the next one who erases empties it.
async fn leave_no_log(tenant: &Tenant) {
    let emptied: Result<(), StoreError> = tenant.store.write_out().await;
    if let Err(error) = emptied {
        tracing::warn!(error = %crate::api::problem::chain(&error), "the write-ahead log could not be emptied now");
    }
}
