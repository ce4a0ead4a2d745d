//! What is done with rehearsals: begun, seen by a phone, joined, left, skipped.

use serde_json::json;

use super::steps::steps;
use super::store::{self, Record};
use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::demo;
use crate::ids::{OperatorId, PatientId};
use crate::patient;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// How long a code opens its rehearsal: whoever finds an old picture of it starts nothing. Unit: seconds.
const OPEN_SECONDS: i64 = 24 * 3_600;
/// Bytes of a code.
const CODE_BYTES: usize = 12;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// There is none with that code, or it is over.
    #[error("no such rehearsal")]
    NotFound,
    /// Somebody else plays the patient already.
    #[error("somebody else plays the patient")]
    Joined,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Begins a rehearsal; one that is open ends.
pub async fn begin(tenant: &Tenant, by: &OperatorId, actor: &Actor) -> Result<Record, RehearsalError> {
    let now = tenant.context.now();
    let record = Record {
        id: tenant.context.new_id(),
        code: hex::encode(tenant.context.random::<CODE_BYTES>()),
        begun_at: now,
        begun_by: by.clone(),
        opened_at: None,
        joined: None,
        ended_at: None,
    };
    let mut writing = tenant.store.write().await?;
    store::end_all(&mut writing, now).await?;
    store::insert(&mut writing, &record).await?;
    note(&mut writing, tenant, actor, "rehearsal.begun", &record.id).await?;
    writing.commit().await?;
    Ok(record)
}

/// The open rehearsal of a code.
async fn open(writing: &mut Writing, code: &str, now: Time) -> Result<Record, RehearsalError> {
    let record = store::open_with(writing, code).await?.ok_or(RehearsalError::NotFound)?;
    if now.seconds_since(record.begun_at) > OPEN_SECONDS { Err(RehearsalError::NotFound) } else { Ok(record) }
}

/// A phone shows the app.
///
/// Errors: `NotFound`, `Store`.
pub async fn opened(tenant: &Tenant, code: &str) -> Result<(), RehearsalError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let record = open(&mut writing, code, now).await?;
    if store::note_opened(&mut writing, &record.id, now).await? {
        change::append(&mut writing, now, Kind::Setup, "rehearsal", None).await?;
        writing.commit().await?;
    }
    Ok(())
}

/// Somebody has signed in there: he plays the patient. An account that is newer than the rehearsal was made for it.
///
/// Errors: `NotFound`, `Joined`, `Store`.
pub async fn join(tenant: &Tenant, patient: &PatientId, code: &str, actor: &Actor) -> Result<Record, RehearsalError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let record = open(&mut writing, code, now).await?;
    if let Some((playing, _)) = &record.joined {
        return if playing == patient { Ok(record) } else { Err(RehearsalError::Joined) };
    }
    store::note_opened(&mut writing, &record.id, now).await?;
    store::note_joined(&mut writing, &record.id, patient, now).await?;
    note(&mut writing, tenant, actor, "rehearsal.joined", &record.id).await?;
    let person = patient::load(&mut writing, &tenant.key, patient).await?.ok_or(RehearsalError::NotFound)?;
    if person.created_at >= record.begun_at {
        demo::mark_within(&mut writing, tenant, &person.user_id, actor).await?;
    }
    writing.commit().await?;
    let opened_at = record.opened_at.or(Some(now));
    Ok(Record { joined: Some((patient.clone(), now)), opened_at, ..record })
}

/// Leaves the rehearsal that is open; where none is, nothing is done.
pub async fn end(tenant: &Tenant, actor: &Actor) -> Result<(), RehearsalError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let Some(record) = store::latest(&mut writing).await?.filter(|record| record.ended_at.is_none()) else {
        return Ok(());
    };
    let passed = steps(&mut writing, &record).await?.has_passed();
    store::end_all(&mut writing, now).await?;
    let subject = audit::Subject { kind: "rehearsal", id: &record.id };
    let detail = json!({ "passed": passed });
    let entry = audit::Entry { at: now, actor, action: "rehearsal.ended", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    change::append(&mut writing, now, Kind::Setup, "rehearsal", None).await?;
    Ok(writing.commit().await?)
}

/// A supervisor does not want to be met by it. He finds it again where it always is.
pub async fn skip(tenant: &Tenant, by: &OperatorId, actor: &Actor) -> Result<(), RehearsalError> {
    let mut writing = tenant.store.write().await?;
    if store::skip(&mut writing, by, tenant.context.now()).await? {
        note(&mut writing, tenant, actor, "rehearsal.skipped", by.as_str()).await?;
        writing.commit().await?;
    }
    Ok(())
}

async fn note(writing: &mut Writing, tenant: &Tenant, actor: &Actor, action: &str, id: &str) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let subject = audit::Subject { kind: "rehearsal", id };
    audit::append(writing, &tenant.key, audit::Entry { at: now, actor, action, subject, detail: json!({}) }).await?;
    change::append(writing, now, Kind::Setup, "rehearsal", None).await
}
