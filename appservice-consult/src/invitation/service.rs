//! Giving out links: one with the patient, new ones instead of it, and taking one back.

use serde_json::json;

use super::error::InvitationError;
use super::secret;
use super::state::state;
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::{FieldError, InvitationState};
use crate::audit;
use crate::ids::{PatientId, UserId};
use crate::patient;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// How long a link can be used: a week, so that one that comes by post is not late. Unit: seconds.
const LIFE_SECONDS: i64 = 7 * 24 * 3_600;

/// An invitation, and its link where it was made just now. It is not printed: whoever reads the link comes by it.
pub struct Given {
    /// It.
    pub record: Record,
    /// What stands in the link; `None`: nobody knows it any more but who has it.
    pub secret: Option<String>,
}

/// Writes a new invitation into the transaction; one that could be used ends.
pub(super) async fn give(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    language: Option<String>,
    actor: &Actor,
) -> Result<Given, StoreError> {
    let now = tenant.context.now();
    let secret = secret::draw(&tenant.context);
    let hash = secret::hash(&tenant.key, &secret).expect("what was drawn has the form of a secret");
    let record = Record {
        id: tenant.context.new_id(),
        patient: patient.clone(),
        language,
        made_at: now,
        made_by: UserId::from(actor.user_id()),
        expires_at: now.plus_seconds(LIFE_SECONDS),
        used_at: None,
        ended_at: None,
    };
    let is_new_link = store::end_open(writing, patient, now).await?;
    store::insert(writing, &record, hash).await?;
    let detail = json!({ "invitation": record.id, "expires_at": record.expires_at, "instead_of_another": is_new_link });
    note(writing, tenant, patient, ("invitation.made", detail), actor).await?;
    Ok(Given { record, secret: Some(secret) })
}

/// The audit entry, and what consoles hear.
pub(super) async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    (action, detail): (&str, serde_json::Value),
    actor: &Actor,
) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let subject = audit::Subject { kind: "patient", id: patient.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
    patient::note_row(writing, tenant, patient, at).await
}

/// A language that the brand has.
///
/// Errors: `Invalid`.
pub(super) fn checked_language(tenant: &Tenant, language: String) -> Result<String, InvitationError> {
    let brand = tenant.brand();
    if brand.languages.contains(&language) {
        return Ok(language);
    }
    let message = format!("One of {}.", brand.languages.join(", "));
    Err(InvitationError::Invalid(FieldError::new("language", message)))
}

/// The invitation that counts on a card; `None`: its patient came by himself.
///
/// Errors: `NotFound`, `Store`.
pub async fn latest(tenant: &Tenant, id: &PatientId) -> Result<Option<Record>, InvitationError> {
    let mut reading = tenant.store.read().await?;
    latest_of(tenant, &mut reading, id).await
}

async fn latest_of(tenant: &Tenant, session: &mut Session, id: &PatientId) -> Result<Option<Record>, InvitationError> {
    let record = patient::load(session, &tenant.key, id).await?.ok_or(InvitationError::NotFound)?;
    if record.deleted_at.is_some() {
        return Ok(None);
    }
    Ok(store::latest(session, &tenant.patients.accounts_of(id)).await?)
}

/// A new link for a patient who was invited and has not come. The former one does nothing any more.
///
/// Errors: `NotFound`, `HasCome`, `Invalid`, `Store`.
pub async fn renew(
    tenant: &Tenant,
    id: &PatientId,
    language: Option<String>,
    actor: &Actor,
) -> Result<Given, InvitationError> {
    let language = language.map(|language| checked_language(tenant, language)).transpose()?;
    let patient = latest(tenant, id).await?.ok_or(InvitationError::NotFound)?.patient;
    let _turn = tenant.locks.lock(patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    let former = not_used(tenant, &mut writing, id).await?;
    let given = give(&mut writing, tenant, &former.patient, language.or(former.language), actor).await?;
    writing.commit().await?;
    Ok(given)
}

/// Takes the link back. One that does nothing any more stays as it is.
///
/// Errors: `NotFound`, `HasCome`, `Store`.
pub async fn take_back(tenant: &Tenant, id: &PatientId, actor: &Actor) -> Result<Record, InvitationError> {
    let patient = latest(tenant, id).await?.ok_or(InvitationError::NotFound)?.patient;
    let _turn = tenant.locks.lock(patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    let record = not_used(tenant, &mut writing, id).await?;
    let now = tenant.context.now();
    if !store::end_open(&mut writing, &record.patient, now).await? {
        return Ok(record);
    }
    let detail = json!({ "invitation": record.id });
    note(&mut writing, tenant, &record.patient, ("invitation.taken_back", detail), actor).await?;
    writing.commit().await?;
    Ok(Record { ended_at: Some(now), ..record })
}

async fn not_used(tenant: &Tenant, session: &mut Session, id: &PatientId) -> Result<Record, InvitationError> {
    let record = latest_of(tenant, session, id).await?.ok_or(InvitationError::NotFound)?;
    match state(&record, tenant.context.now()) {
        InvitationState::Used => Err(InvitationError::HasCome),
        InvitationState::Open | InvitationState::Expired | InvitationState::TakenBack => Ok(record),
    }
}
