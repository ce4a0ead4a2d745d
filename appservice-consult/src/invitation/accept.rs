//! What who has a link is told, and how he sets the password of his account: once, whoever is first.

use std::sync::Arc;

use serde_json::json;

use super::error::InvitationError;
use super::secret;
use super::service::note;
use super::state::state;
use super::store::{self, Record};
use crate::actor::Actor;
use crate::api::types::{FieldError, InvitationState};
use crate::patient::Entry;
use crate::tenant::Tenant;

/// Shortest password, as the patients' app asks for where somebody makes an account himself. Unit: characters.
const PASSWORD_CHARACTERS_MIN: usize = 8;
/// Longest one: the homeserver takes no longer. Unit: bytes.
const PASSWORD_BYTES_MAX: usize = 1_024;

/// Whom a link invites.
///
/// Errors: `NotFound`, `Over`, `Store`.
pub async fn greeting(tenant: &Tenant, secret: &str) -> Result<(Record, Arc<Entry>), InvitationError> {
    let mut reading = tenant.store.read().await?;
    let hash = secret::hash(&tenant.key, secret).ok_or(InvitationError::NotFound)?;
    let record = store::by_hash(&mut reading, &hash).await?.ok_or(InvitationError::NotFound)?;
    match state(&record, tenant.context.now()) {
        InvitationState::Open => {}
        over @ (InvitationState::Used | InvitationState::Expired | InvitationState::TakenBack) => {
            return Err(InvitationError::Over(over));
        }
    }
    // Whose account is being deleted is on no card any more.
    let entry = tenant.patients.by_id(&record.patient);
    let entry = entry.ok_or(InvitationError::Over(InvitationState::TakenBack))?;
    Ok((record, entry))
}

/// Sets the password of the account that a link is of. The same password again, after a lost answer of the homeserver or a crash, is taken as the same.
///
/// Errors: `Invalid` for the password, `NotFound`, `Over`, `Homeserver`, `Store`.
pub async fn accept(tenant: &Tenant, secret: &str, password: &str) -> Result<Arc<Entry>, InvitationError> {
    checked_password(password)?;
    let (record, _) = greeting(tenant, secret).await?;
    let _turn = tenant.locks.lock(record.patient.as_str()).await;
    // As it stands now that it is our turn.
    let (record, entry) = greeting(tenant, secret).await?;
    match tenant.homeserver.provide_account(entry.user_id.as_str(), None, Some(password)).await {
        Ok(()) => {
            write_down(tenant, &record, &entry).await?;
            Ok(entry)
        }
        // Somebody was faster, and the service stopped before it could write that down.
        Err(error) if error.is("M_USER_IN_USE") => {
            write_down(tenant, &record, &entry).await?;
            Err(InvitationError::Over(InvitationState::Used))
        }
        Err(error) => Err(error.into()),
    }
}

async fn write_down(tenant: &Tenant, record: &Record, entry: &Entry) -> Result<(), InvitationError> {
    let mut writing = tenant.store.write().await?;
    if !store::note_used(&mut writing, &record.id, tenant.context.now()).await? {
        return Err(InvitationError::Over(InvitationState::Used));
    }
    let actor = Actor::Patient { id: entry.id.clone(), user_id: entry.user_id.clone() };
    let detail = json!({ "invitation": record.id });
    note(&mut writing, tenant, &entry.id, ("invitation.used", detail), &actor).await?;
    Ok(writing.commit().await?)
}

fn checked_password(password: &str) -> Result<(), InvitationError> {
    let is_fit = password.chars().count() >= PASSWORD_CHARACTERS_MIN && password.len() <= PASSWORD_BYTES_MAX;
    if is_fit {
        return Ok(());
    }
    let message = format!("At least {PASSWORD_CHARACTERS_MIN} characters.");
    Err(InvitationError::Invalid(FieldError::new("password", message)))
}
