//! Giving and withdrawing consents, and refusing what cannot begin without them.

use serde_json::json;

use consilium_config::brand::{Brand, Consent};

use super::rule::{self, State};
use super::store::{self, Decision, Entry};
use super::text;
use crate::actor::Actor;
use crate::api::types::GivenConsent;
use crate::audit;
use crate::ids::{ConsentPurpose, PatientId};
use crate::person::Treated;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum ConsentError {
    /// The brand asks for no such consent, or it was never given.
    #[error("no such consent")]
    NotFound,
    /// A request names one that the brand does not ask for, or too many.
    #[error("a request names consents that are not asked for")]
    Unknown,
    /// The text that was shown is not the brand's any more.
    #[error("the text of a consent has changed")]
    Changed(ConsentPurpose),
    /// These have to be given first.
    #[error("consents are missing")]
    Missing(Vec<ConsentPurpose>),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Who decides, where.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// His session at the homeserver.
    pub device_id: Option<&'a str>,
}

/// What a patient agrees to together with what he asks for.
#[derive(Debug, Clone, Default)]
pub struct Agreed {
    /// To what, with the hashes that he was shown.
    pub consents: Vec<GivenConsent>,
    /// His session at the homeserver.
    pub device_id: Option<String>,
}

/// How the consents about somebody stand.
pub async fn states(session: &mut Session, brand: &Brand, treated: Treated<'_>) -> Result<Vec<State>, StoreError> {
    Ok(rule::states(brand, store::latest(session, treated).await?))
}

/// Purposes of the required consents about somebody that were not given to their texts of today.
pub async fn missing(
    session: &mut Session,
    brand: &Brand,
    treated: Treated<'_>,
) -> Result<Vec<ConsentPurpose>, StoreError> {
    if !brand.consents.iter().any(|consent| consent.required) {
        return Ok(Vec::new());
    }
    Ok(rule::missing(&states(session, brand, treated).await?))
}

/// Gives, in the transaction of a request, what came with it; then refuses where something is still missing.
///
/// Errors: `Unknown`, `Changed`, `Missing`, `Store`.
pub async fn give_with(
    writing: &mut Writing,
    tenant: &Tenant,
    treated: Treated<'_>,
    agreed: &Agreed,
    actor: &Actor,
) -> Result<(), ConsentError> {
    let brand = tenant.brand();
    let by = Evidence { actor, device_id: agreed.device_id.as_deref() };
    let is_asked_for = |given: &GivenConsent| brand.consent(given.purpose.as_str()).is_some();
    if agreed.consents.len() > brand.consents.len() || !agreed.consents.iter().all(is_asked_for) {
        return Err(ConsentError::Unknown);
    }
    for given in &agreed.consents {
        append_given(writing, tenant, &brand, treated, given, by).await?;
    }
    let missing = missing(writing, &brand, treated).await?;
    if missing.is_empty() { Ok(()) } else { Err(ConsentError::Missing(missing)) }
}

/// Gives one consent. Given already to the same text, it stays as it is.
///
/// Errors: `NotFound`, `Changed`, `Store`.
pub async fn give(
    tenant: &Tenant,
    treated: Treated<'_>,
    given: &GivenConsent,
    by: Evidence<'_>,
) -> Result<(), ConsentError> {
    let mut writing = tenant.store.write().await?;
    give_within(&mut writing, tenant, treated, given, by).await?;
    Ok(writing.commit().await?)
}

/// As [`give`], in a transaction that does more.
pub async fn give_within(
    writing: &mut Writing,
    tenant: &Tenant,
    treated: Treated<'_>,
    given: &GivenConsent,
    by: Evidence<'_>,
) -> Result<(), ConsentError> {
    append_given(writing, tenant, &tenant.brand(), treated, given, by).await
}

/// Withdraws one. Withdrawn already, it stays so.
///
/// Errors: `NotFound` where it was never given, `Store`.
pub async fn withdraw(
    tenant: &Tenant,
    treated: Treated<'_>,
    purpose: &ConsentPurpose,
    by: Evidence<'_>,
) -> Result<(), ConsentError> {
    // A request that counts on it is over first.
    let _turn = tenant.locks.lock(treated.patient.as_str()).await;
    let mut writing = tenant.store.write().await?;
    let last = last_of(&mut writing, treated, purpose).await?.ok_or(ConsentError::NotFound)?;
    if last.decision == Decision::Withdrawn {
        return Ok(());
    }
    let entry = Entry {
        version: store::next_version(&mut writing, treated.patient, purpose).await?,
        decision: Decision::Withdrawn,
        at: tenant.context.now(),
        device_id: by.device_id.map(str::to_owned),
        ..last
    };
    append(&mut writing, tenant, treated.patient, &entry, by.actor).await?;
    Ok(writing.commit().await?)
}

async fn last_of(
    session: &mut Session,
    treated: Treated<'_>,
    purpose: &ConsentPurpose,
) -> Result<Option<Entry>, StoreError> {
    Ok(store::latest(session, treated).await?.into_iter().find(|entry| entry.purpose == *purpose))
}

async fn append_given(
    writing: &mut Writing,
    tenant: &Tenant,
    brand: &Brand,
    treated: Treated<'_>,
    given: &GivenConsent,
    by: Evidence<'_>,
) -> Result<(), ConsentError> {
    let consent: &Consent = brand.consent(given.purpose.as_str()).ok_or(ConsentError::NotFound)?;
    let shown = text::by_hash(brand, consent, &given.hash);
    let shown = shown.ok_or_else(|| ConsentError::Changed(given.purpose.clone()))?;
    let last = last_of(writing, treated, &given.purpose).await?;
    let stands = |last: &Entry| last.decision == Decision::Given && last.text_hash == given.hash;
    if last.as_ref().is_some_and(stands) {
        return Ok(());
    }
    let entry = Entry {
        purpose: given.purpose.clone(),
        person: treated.person.cloned(),
        version: store::next_version(writing, treated.patient, &given.purpose).await?,
        decision: Decision::Given,
        text_hash: given.hash.clone(),
        at: tenant.context.now(),
        device_id: by.device_id.map(str::to_owned),
        shown,
    };
    Ok(append(writing, tenant, treated.patient, &entry, by.actor).await?)
}

/// The row, and the audit entry that shows a change of it.
async fn append(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    entry: &Entry,
    actor: &Actor,
) -> Result<(), StoreError> {
    store::append(writing, patient, entry).await?;
    let action = match entry.decision {
        Decision::Given => "consent.given",
        Decision::Withdrawn => "consent.withdrawn",
    };
    let mut detail = json!({ "purpose": entry.purpose, "version": entry.version, "text": entry.text_hash });
    if let Some(person) = &entry.person {
        detail["person"] = json!(person);
    }
    let subject = audit::Subject { kind: "patient", id: patient.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at: entry.at, actor, action, subject, detail }).await?;
    webhook::enqueue(writing, tenant, vec![webhook::of_consent(patient, entry)]).await
}
