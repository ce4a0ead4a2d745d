//! Making a patient before he comes: a login, the account at the homeserver, then card, invitation and audit in one SQL transaction. Once for each request.

use super::error::InvitationError;
use super::login;
use super::service::{self, Given, checked_language};
use super::store;
use crate::actor::Actor;
use crate::api::types::PatientChange;
use crate::ids::{PatientId, UserId};
use crate::patient::{self, Card, Entry, PatientError};
use crate::store::Session;
use crate::tenant::Tenant;

/// Logins that are tried. That one is taken happens once in a thousand times where a million are.
const LOGINS_MAX: usize = 8;

/// Who is to be made.
#[derive(Debug)]
pub struct New {
    /// The caller's own name for this request; the same again makes nobody.
    pub request_id: String,
    /// What is on the card.
    pub card: PatientChange,
    /// In which language he is greeted.
    pub language: Option<String>,
}

/// A patient who was made.
pub struct Made {
    /// Who.
    pub patient: PatientId,
    /// His account.
    pub user: UserId,
    /// Whether he was made now.
    pub is_new: bool,
    /// How his invitation stands; `None`: he came by himself.
    pub invitation: Option<Given>,
}

/// What is written down once there is an account.
struct Draft<'a> {
    user: &'a UserId,
    card: &'a Card,
    language: Option<&'a str>,
    request_hash: &'a [u8],
}

/// Makes a patient and invites him. The same request again, and of a partner's system the same number of its own, gives who is there, without a link.
///
/// Errors: `Invalid`, `Patient`, `NoLogin`, `Homeserver`, `Store`.
pub async fn make(tenant: &Tenant, new: New, actor: &Actor) -> Result<Made, InvitationError> {
    let language = new.language.map(|language| checked_language(tenant, language)).transpose()?;
    let card = patient::new_card(tenant, new.card, actor)?;
    let request = format!("{}/{}", actor.record_id().unwrap_or_default(), new.request_id);
    let request_hash = tenant.key.index("patient made", &request);
    let _once = tenant.locks.lock(&format!("patient made {}", hex::encode(&request_hash))).await;
    if let Some(known) = known(tenant, &request_hash, &card, actor).await? {
        return Ok(known);
    }
    for attempt in 0..LOGINS_MAX {
        let user = user_of(tenant, &request, attempt);
        if is_known(tenant, &user) {
            continue;
        }
        match tenant.homeserver.provide_account(user.as_str(), Some(&card.name), None).await {
            Ok(()) => {}
            Err(error) if error.is("M_USER_IN_USE") => continue,
            Err(error) => return Err(error.into()),
        }
        let draft =
            Draft { user: &user, card: &card, language: language.as_deref(), request_hash: request_hash.as_slice() };
        if let Some(made) = draft.write(tenant, actor).await? {
            return Ok(made);
        }
    }
    Err(InvitationError::NoLogin)
}

/// The account whose login follows from a request: after a crash the same request finds the same account.
fn user_of(tenant: &Tenant, request: &str, attempt: usize) -> UserId {
    let bytes = tenant.key.index("login", &format!("{request}/{attempt}"));
    UserId::from(format!("@{}:{}", login::of(&bytes), tenant.server_name))
}

/// Whether somebody here has that account.
fn is_known(tenant: &Tenant, user: &UserId) -> bool {
    let is_patients = tenant.patients.by_user(user).is_some() || tenant.patients.is_leaving(user);
    is_patients || tenant.staff.by_user(user).is_some()
}

/// Who is there already: whom the same request made, or whom the partner's system knows by the same number.
///
/// Errors: `Patient` for staff who names the number of somebody else, `Store`.
async fn known(
    tenant: &Tenant,
    request_hash: &[u8],
    card: &Card,
    actor: &Actor,
) -> Result<Option<Made>, InvitationError> {
    let mut reading = tenant.store.read().await?;
    if let Some(id) = store::made_by_request(&mut reading, request_hash).await? {
        return Ok(Some(standing(tenant, &mut reading, id).await?));
    }
    let Some(number) = &card.external_id else { return Ok(None) };
    match patient::by_external_id(tenant, &mut reading, number).await? {
        None => Ok(None),
        Some(id) if matches!(actor, Actor::Partner { .. }) => Ok(Some(standing(tenant, &mut reading, id).await?)),
        Some(_) => Err(PatientError::ExternalIdTaken.into()),
    }
}

async fn standing(tenant: &Tenant, session: &mut Session, id: PatientId) -> Result<Made, InvitationError> {
    let record = patient::load(session, &tenant.key, &id).await?.ok_or(InvitationError::NotFound)?;
    let deleted = record.deleted_at.is_some();
    let latest = if deleted { None } else { store::latest(session, &tenant.patients.accounts_of(&id)).await? };
    let invitation = latest.map(|record| Given { record, secret: None });
    Ok(Made { patient: id, user: record.user_id, is_new: false, invitation })
}

impl Draft<'_> {
    /// `None`: somebody else has the account, and another login is tried.
    async fn write(&self, tenant: &Tenant, actor: &Actor) -> Result<Option<Made>, InvitationError> {
        let mut writing = tenant.store.write().await?;
        let inserted = patient::insert_made(&mut writing, tenant, self.user, self.card, actor).await?;
        let Some(record) = inserted else { return Ok(None) };
        let made = (record.created_at, actor.user_id());
        store::note_made(&mut writing, self.request_hash, &record.id, made).await?;
        let language = self.language.map(str::to_owned);
        let given = service::give(&mut writing, tenant, &record.id, language, actor).await?;
        writing.commit().await?;
        let entry = Entry { id: record.id.clone(), user_id: record.user_id.clone(), card: record.card };
        tenant.patients.put(entry);
        Ok(Some(Made { patient: record.id, user: record.user_id, is_new: true, invitation: Some(given) }))
    }
}
