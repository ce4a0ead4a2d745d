//! Seeing where a patient is signed in, and ending it.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::types::{AuditEntry, AuditQuery, EndedSignIns, SignIn, SignIns, SignOutPatient, SignOutReason};
use crate::audit;
use crate::ids::{PatientId, UserId};
use crate::patient::{self, PatientError};
use crate::store::StoreError;
use crate::tenant::Tenant;
use crate::time::Time;
use crate::words::Word;
use consilium_appservice::{ClientError, SignedIn};

/// What an entry of the audit log is called.
const ACTION: &str = "patient.signed_out";
/// Entries of it that a card shows.
const SHOWN_MAX: u32 = 10;
/// Sign-ins that one request names: as many as an account may have at the homeserver.
const NAMED_MAX: usize = 500;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// There is no such patient, or his account is being deleted.
    #[error("no such patient")]
    NotFound,
    /// No sign-in was named.
    #[error("no sign-in was named")]
    Nothing,
    /// More were named than there can be.
    #[error("too many sign-ins were named")]
    TooMany,
    /// Without the patient's word, supervisors alone.
    #[error("the reason is a supervisor's")]
    NotYours,
    /// The homeserver cannot do this.
    #[error("the homeserver does not know sign-ins of others")]
    Unsupported,
    /// The card could not be read.
    #[error("the card cannot be read")]
    Patient(#[from] PatientError),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[source] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<ClientError> for SignInError {
    fn from(error: ClientError) -> Self {
        if error.is("M_UNRECOGNIZED") { Self::Unsupported } else { Self::Homeserver(error) }
    }
}

/// Where the accounts on a patient's card are signed in, the latest seen first, and what staff ended of it. A reading of the card.
///
/// Errors: `Patient`, `Unsupported`, `Homeserver`, `Store`.
pub async fn list(tenant: &Tenant, id: &PatientId, actor: &Actor) -> Result<SignIns, SignInError> {
    patient::read_shown(tenant, id, actor).await?;
    shown(tenant, id).await
}

/// Ends sign-ins of the accounts on a patient's card; gives what stays. Those that are not there (any more) are passed over.
///
/// The entry of the audit log is durable before anything ends; where the homeserver fails after it, the same request ends what is left.
///
/// Errors: `NotFound`, `Nothing`, `TooMany`, `NotYours`, `Unsupported`, `Homeserver`, `Store`.
pub async fn end(
    tenant: &Tenant,
    id: &PatientId,
    wish: &SignOutPatient,
    actor: &Actor,
) -> Result<SignIns, SignInError> {
    check(wish, actor)?;
    let accounts = accounts(tenant, id);
    if accounts.is_empty() {
        return Err(SignInError::NotFound);
    }
    // Two who do the same at once: the second one finds nothing to end, and nothing to write down.
    let _turn = tenant.locks.lock(&format!("sign-ins {}", tenant.patients.leading_of(id))).await;
    for (account, user) in accounts {
        let present = tenant.homeserver.sign_ins(user.as_str()).await?;
        let named = present.into_iter().map(|device| device.device_id).filter(|device| is_named(wish, device));
        let named: Vec<String> = named.collect();
        if named.is_empty() {
            continue;
        }
        note(tenant, &account, (&named, wish.reason), actor).await?;
        // All: also what was opened since they were counted.
        let which = wish.sign_in_ids.as_ref().map(|_| named.as_slice());
        tenant.homeserver.sign_out(user.as_str(), which, wish.reason.is_patients_word()).await?;
        tenant.ended_sign_ins.note(&user);
    }
    shown(tenant, id).await
}

fn check(wish: &SignOutPatient, actor: &Actor) -> Result<(), SignInError> {
    match &wish.sign_in_ids {
        Some(ids) if ids.is_empty() => return Err(SignInError::Nothing),
        Some(ids) if ids.len() > NAMED_MAX => return Err(SignInError::TooMany),
        Some(_) | None => {}
    }
    let supervises = matches!(actor, Actor::Staff { role, .. } if role.supervises());
    if wish.reason.is_patients_word() || supervises { Ok(()) } else { Err(SignInError::NotYours) }
}

fn is_named(wish: &SignOutPatient, device: &str) -> bool {
    wish.sign_in_ids.as_ref().is_none_or(|ids| ids.iter().any(|id| id == device))
}

/// The accounts on the card, the one that leads first; those that are a member of staff's by now are not a patient's to end.
fn accounts(tenant: &Tenant, id: &PatientId) -> Vec<(PatientId, UserId)> {
    let on_card = tenant.patients.accounts_of(&tenant.patients.leading_of(id));
    let entries = on_card.iter().filter_map(|account| tenant.patients.by_id(account));
    let patients = entries.filter(|entry| tenant.staff.by_user(&entry.user_id).is_none());
    patients.map(|entry| (entry.id.clone(), entry.user_id.clone())).collect()
}

async fn note(
    tenant: &Tenant,
    account: &PatientId,
    (devices, reason): (&[String], SignOutReason),
    actor: &Actor,
) -> Result<(), StoreError> {
    let mut writing = tenant.store.write().await?;
    let subject = audit::Subject { kind: "patient", id: account.as_str() };
    let detail = json!({ "reason": reason.word(), "device_ids": devices });
    let entry = audit::Entry { at: tenant.context.now(), actor, action: ACTION, subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await
}

async fn shown(tenant: &Tenant, id: &PatientId) -> Result<SignIns, SignInError> {
    let (mut sign_ins, mut ended) = (Vec::new(), Vec::new());
    for (account, user) in accounts(tenant, id) {
        sign_ins.extend(tenant.homeserver.sign_ins(user.as_str()).await?.into_iter().map(sign_in));
        ended.extend(ended_of(tenant, &account).await?);
    }
    sign_ins.sort_by(|one, other| {
        let newest = Reverse(one.last_seen_at).cmp(&Reverse(other.last_seen_at));
        newest.then_with(|| one.id.cmp(&other.id))
    });
    ended.sort_by_key(|(sequence, _): &(i64, EndedSignIns)| Reverse(*sequence));
    ended.truncate(SHOWN_MAX as usize);
    Ok(SignIns { sign_ins, ended: ended.into_iter().map(|(_, ended)| ended).collect() })
}

fn sign_in(device: SignedIn) -> SignIn {
    SignIn {
        id: device.device_id,
        name: device.display_name.filter(|name| !name.trim().is_empty()),
        signed_in_at: Time::from_millis(device.signed_in_ts),
        last_seen_at: Time::from_millis(device.last_seen_ts),
    }
}

/// What staff ended of an account, as the audit log has it, with the place there.
async fn ended_of(tenant: &Tenant, account: &PatientId) -> Result<Vec<(i64, EndedSignIns)>, StoreError> {
    let query = AuditQuery {
        action: Some(ACTION.to_owned()),
        subject: Some(account.as_str().to_owned()),
        limit: Some(SHOWN_MAX),
        ..AuditQuery::default()
    };
    let mut reading = tenant.store.read().await?;
    let name_of = |user: &str| tenant.name_of(&UserId::from(user));
    // Only a cursor can be bad, and there is none.
    let page = audit::list(&mut reading, &query, name_of).await?;
    page.map_or_else(|_| Ok(Vec::new()), |page| page.items.into_iter().map(ended_entry).collect())
}

fn ended_entry(entry: AuditEntry) -> Result<(i64, EndedSignIns), StoreError> {
    let reason = entry.detail.get("reason").and_then(Value::as_str).unwrap_or_default();
    let devices = entry.detail.get("device_ids").and_then(Value::as_array).map_or(0, Vec::len);
    let ended = EndedSignIns {
        at: entry.at,
        by: entry.actor.name,
        reason: SignOutReason::from_word(reason)?,
        count: u32::try_from(devices).unwrap_or(u32::MAX),
    };
    Ok((entry.sequence, ended))
}
