//! A card with every account on it, as the desk sees it: reading it, changing it, and what it is to the others.

use serde_json::json;

use super::merge;
use super::service::{PatientError, append_audit, change_one, changed_card, commit};
use super::store::{self, PatientRecord};
use crate::actor::Actor;
use crate::api::types::{CardField, PatientChange, PatientLink, PatientLinkType};
use crate::ids::PatientId;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// A record with what its card shows. That of an account which is on another card stays its own.
pub fn as_shown(tenant: &Tenant, record: PatientRecord) -> PatientRecord {
    if tenant.patients.parts_of(&record.id).is_empty() {
        return record;
    }
    match tenant.patients.shown(&record.id) {
        Some((_, card)) => PatientRecord { card, ..record },
        None => record,
    }
}

/// The card that an account is on. Reading it is an audit entry of every account on it.
///
/// Errors: `NotFound`, `Store`.
pub async fn read_shown(tenant: &Tenant, id: &PatientId, actor: &Actor) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let record = leading(&mut writing, tenant, id).await?;
    note(&mut writing, tenant, &record, (actor, "patient.read")).await?;
    writing.commit().await?;
    Ok(as_shown(tenant, record))
}

/// The same of several, where they are carried away in a table: all entries in one transaction, before anything is given out. What is not given out is no entry.
///
/// Shape: of each id its card, or `NotFound` or `Deleted`, in their order. Errors: `Store`, and then nothing is given out.
pub async fn export_shown(
    tenant: &Tenant,
    ids: &[PatientId],
    actor: &Actor,
) -> Result<Vec<Result<PatientRecord, PatientError>>, StoreError> {
    let mut writing = tenant.store.write().await?;
    let mut shown = Vec::with_capacity(ids.len());
    for id in ids {
        shown.push(match leading(&mut writing, tenant, id).await {
            Ok(record) if record.deleted_at.is_some() => Err(PatientError::Deleted),
            Ok(record) => {
                note(&mut writing, tenant, &record, (actor, "patient.row_exported")).await?;
                Ok(as_shown(tenant, record))
            }
            Err(PatientError::Store(error)) => return Err(error),
            Err(error) => Err(error),
        });
    }
    writing.commit().await?;
    Ok(shown)
}

async fn leading(writing: &mut Writing, tenant: &Tenant, id: &PatientId) -> Result<PatientRecord, PatientError> {
    let leading = tenant.patients.leading_of(id);
    store::load(writing, &tenant.key, &leading).await?.ok_or(PatientError::NotFound)
}

/// An entry for every account on a card.
async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &PatientRecord,
    (actor, action): (&Actor, &str),
) -> Result<(), StoreError> {
    for account in tenant.patients.accounts_of(&record.id) {
        let detail = if account == record.id { json!({}) } else { json!({ "card": record.id }) };
        append_audit(writing, tenant, actor, action, &account, detail).await?;
    }
    Ok(())
}

/// Changes the card that an account is on: each field where it comes from, so that it stays there when the accounts are separate again.
///
/// Errors: `NotFound`, `Deleted`, `Card`, `ExternalIdTaken`, `Store`.
pub async fn change_shown(
    tenant: &Tenant,
    id: &PatientId,
    mut change: PatientChange,
    actor: &Actor,
) -> Result<PatientRecord, PatientError> {
    let mut writing = tenant.store.write().await?;
    let leading = tenant.patients.leading_of(id);
    if let Some((_, shown)) = tenant.patients.shown(&leading) {
        // Every wrong field is named at once, whichever account it is of.
        changed_card(tenant, &shown, change.clone(), actor)?;
    }
    let mut changed = Vec::new();
    for part in tenant.patients.parts_of(&leading) {
        let is_its = |field: &CardField| tenant.patients.source_of(&leading, *field) == part.patient;
        let fields: Vec<CardField> = CardField::WORDS.iter().map(|(field, _)| *field).filter(is_its).collect();
        let mut its = merge::split(&mut change, &fields);
        let is_own = |field: &str| tenant.patients.source_of_own(&leading, field) == part.patient;
        its.fields = merge::split_own(&mut change, is_own);
        changed.push(change_one(&mut writing, tenant, &part.patient, its, actor).await?);
    }
    let record = change_one(&mut writing, tenant, &leading, change, actor).await?;
    let all: Vec<&PatientRecord> = changed.iter().chain([&record]).collect();
    commit(tenant, writing, &all).await?;
    Ok(as_shown(tenant, record))
}

/// What a card is to others of the same human, as FHIR's `Patient.link` says it.
pub fn links(tenant: &Tenant, id: &PatientId) -> Vec<PatientLink> {
    let leading = tenant.patients.leading_of(id);
    if leading != *id {
        return vec![PatientLink { kind: PatientLinkType::ReplacedBy, patient_id: leading }];
    }
    let replaces = |patient_id| PatientLink { kind: PatientLinkType::Replaces, patient_id };
    tenant.patients.parts_of(id).into_iter().map(|part| replaces(part.patient)).collect()
}
