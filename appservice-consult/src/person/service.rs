//! What is done with persons: they are added, changed, removed, named by requests, and read at the desk.

use serde_json::{Value, json};

use super::card::Kept;
use super::directory::Entry;
use super::store::{self, PersonRecord};
use crate::actor::Actor;
use crate::api::types::{NewPerson, PersonChange, Phase};
use crate::audit;
use crate::consultation::record;
use crate::ids::{ConsultationId, PatientId, PersonId};
use crate::patient::{self, CardError};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// Persons whom one account acts for: the largest families and a few old neighbours; more is no family. Those who were removed do not count.
pub const PERSONS_MAX: usize = 20;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// There is none of that id, or another patient acts for him.
    #[error("no such person")]
    NotFound,
    /// The account that acts for him is being deleted.
    #[error("the account is being deleted")]
    Deleted,
    /// There are as many as there may be.
    #[error("an account acts for as many persons as it may")]
    Full,
    /// A consultation about him is open.
    #[error("a consultation about him is open")]
    Open(ConsultationId, Phase),
    /// The card cannot be so.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Whether a request added the person or had added him before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// He was added now.
    Added,
    /// The same request had added him.
    Known,
}

/// Whom a patient acts for.
pub async fn of_patient(tenant: &Tenant, patient: &PatientId) -> Result<Vec<PersonRecord>, PersonError> {
    let mut reading = tenant.store.read().await?;
    Ok(store::load_of_patient(&mut reading, &tenant.key, patient).await?)
}

/// One whom a patient acts for.
pub async fn own(tenant: &Tenant, patient: &PatientId, id: &PersonId) -> Result<PersonRecord, PersonError> {
    let mut reading = tenant.store.read().await?;
    store::load(&mut reading, &tenant.key, patient, id).await?.ok_or(PersonError::NotFound)
}

/// The person whom a request names, if something may be asked for him. `None`: there is none of that id, another patient acts for him, or he was removed.
pub async fn for_request(
    session: &mut Session,
    tenant: &Tenant,
    patient: &PatientId,
    id: &PersonId,
) -> Result<Option<PersonRecord>, StoreError> {
    let found = store::load(session, &tenant.key, patient, id).await?;
    Ok(found.filter(|record| record.removed_at.is_none()))
}

/// Adds one.
///
/// Errors: `Card`, `Full`, `Store`.
pub async fn add(
    tenant: &Tenant,
    patient: &PatientId,
    new: NewPerson,
    actor: &Actor,
) -> Result<(PersonRecord, Outcome), PersonError> {
    let request_id = new.request_id.to_string();
    let kept = Kept::of(new, tenant.today())?;
    let mut writing = tenant.store.write().await?;
    if let Some(known) = store::by_request(&mut writing, &tenant.key, patient, &request_id).await? {
        return Ok((known, Outcome::Known));
    }
    must_have_room(&mut writing, tenant, patient).await?;
    let record = PersonRecord {
        id: tenant.context.new_id().into(),
        patient: patient.clone(),
        created_at: tenant.context.now(),
        removed_at: None,
        kept,
        consultations: 0,
    };
    store::insert(&mut writing, tenant, &record, &request_id).await?;
    note(&mut writing, tenant, actor, "person.added", &record, json!({})).await?;
    writing.commit().await?;
    remember(tenant, &record);
    Ok((record, Outcome::Added))
}

async fn must_have_room(writing: &mut Writing, tenant: &Tenant, patient: &PatientId) -> Result<(), PersonError> {
    let all = store::load_of_patient(writing, &tenant.key, patient).await?;
    let active = all.iter().filter(|record| record.removed_at.is_none()).count();
    if active < PERSONS_MAX { Ok(()) } else { Err(PersonError::Full) }
}

/// Changes one; brings him back where the change says so.
///
/// Errors: `NotFound`, `Card`, `Full`, `Store`.
pub async fn change(
    tenant: &Tenant,
    patient: &PatientId,
    id: &PersonId,
    change: PersonChange,
    actor: &Actor,
) -> Result<PersonRecord, PersonError> {
    let mut writing = tenant.store.write().await?;
    let before = store::load(&mut writing, &tenant.key, patient, id).await?.ok_or(PersonError::NotFound)?;
    let comes_back = change.active == Some(true) && before.removed_at.is_some();
    let kept = before.kept.changed(change, tenant.today())?;
    let fields = before.kept.difference(&kept);
    if comes_back {
        must_have_room(&mut writing, tenant, patient).await?;
    }
    let removed_at = before.removed_at.filter(|_| !comes_back);
    let record = PersonRecord { removed_at, kept, ..before };
    if !fields.is_empty() {
        note(&mut writing, tenant, actor, "person.changed", &record, json!({ "fields": fields })).await?;
    }
    if comes_back {
        note(&mut writing, tenant, actor, "person.returned", &record, json!({})).await?;
    }
    store::update(&mut writing, tenant, &record).await?;
    writing.commit().await?;
    remember(tenant, &record);
    Ok(record)
}

/// Removes one: hides him where something names him, else deletes him. Removed already, he stays so.
///
/// Errors: `NotFound`, `Open`, `Store`.
pub async fn remove(tenant: &Tenant, patient: &PatientId, id: &PersonId, actor: &Actor) -> Result<(), PersonError> {
    // A request that names him is over first.
    let _turn = tenant.locks.lock(patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    let record = store::load(&mut writing, &tenant.key, patient, id).await?.ok_or(PersonError::NotFound)?;
    if record.removed_at.is_some() {
        return Ok(());
    }
    if let Some(open) = record::load_open_for(&mut writing, id).await? {
        return Err(PersonError::Open(open.id, open.state.phase.name()));
    }
    let is_kept = store::is_named(&mut writing, id).await?;
    note(&mut writing, tenant, actor, "person.removed", &record, json!({ "kept": is_kept })).await?;
    if is_kept {
        let removed_at = Some(tenant.context.now());
        store::update(&mut writing, tenant, &PersonRecord { removed_at, ..record }).await?;
        writing.commit().await?;
    } else {
        store::delete(&mut writing, id).await?;
        writing.commit().await?;
        tenant.persons.forget(id);
    }
    Ok(())
}

/// A person's card, for the desk. Reading it is an audit entry.
///
/// Errors: `NotFound`, `Deleted`, `Store`.
pub async fn read_card(
    tenant: &Tenant,
    patient: &PatientId,
    id: &PersonId,
    actor: &Actor,
) -> Result<PersonRecord, PersonError> {
    let mut writing = tenant.store.write().await?;
    let account = patient::load(&mut writing, &tenant.key, patient).await?.ok_or(PersonError::NotFound)?;
    let record = store::load(&mut writing, &tenant.key, patient, id).await?.ok_or(PersonError::NotFound)?;
    if account.deleted_at.is_some() {
        return Err(PersonError::Deleted);
    }
    note(&mut writing, tenant, actor, "person.read", &record, json!({})).await?;
    writing.commit().await?;
    Ok(record)
}

/// The entry stands with the patient, so that his own copy lists who read it.
async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    actor: &Actor,
    action: &str,
    record: &PersonRecord,
    mut detail: Value,
) -> Result<(), StoreError> {
    detail["person"] = json!(record.id);
    let subject = audit::Subject { kind: "patient", id: record.patient.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: tenant.context.now(), actor, action, subject, detail }).await
}

fn remember(tenant: &Tenant, record: &PersonRecord) {
    tenant.persons.put(Entry { id: record.id.clone(), patient: record.patient.clone(), kept: record.kept.clone() });
}
