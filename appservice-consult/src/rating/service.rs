//! Rating, and reading what was said.

use serde_json::json;

use super::rule::{self, Stars};
use super::store::{self, New, Record};
use crate::actor::Actor;
use crate::api::types::{FieldError, RateConsultation};
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::{self, record as consultations};
use crate::conversation;
use crate::ids::{ConsultationId, PatientId};
use crate::operator::Member;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum RatingError {
    /// There is no such consultation, or nothing to read.
    #[error("no such rating")]
    NotFound,
    /// It is not closed, too long closed, or its queue is not rated.
    #[error("not to be rated now")]
    NotNow,
    /// The words are others' to read.
    #[error("a rating is read by who took part")]
    NotOpen,
    /// A field cannot be so.
    #[error("a rating is not valid")]
    Invalid(FieldError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Whose consultation it has to be.
    Patient(&'a PatientId),
    /// A member of staff.
    Staff(&'a Member),
}

/// Writes down what a patient thought of his consultation; the same once more changes nothing.
pub async fn rate(
    tenant: &Tenant,
    id: &ConsultationId,
    patient: &PatientId,
    wanted: &RateConsultation,
    actor: &Actor,
) -> Result<Record, RatingError> {
    let mut writing = tenant.store.write().await?;
    let written = rate_within(&mut writing, tenant, id, (patient, wanted), actor).await?;
    writing.commit().await?;
    Ok(written)
}

/// As [`rate`], in a transaction that does more.
pub async fn rate_within(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    (patient, wanted): (&PatientId, &RateConsultation),
    actor: &Actor,
) -> Result<Record, RatingError> {
    let stars = Stars::new(wanted.stars).map_err(RatingError::Invalid)?;
    let comment = rule::comment(wanted.comment.as_deref()).map_err(RatingError::Invalid)?;
    let at = tenant.context.now();
    let found = consultations::load(writing, id).await?.filter(|found| found.patient == *patient);
    let found = found.ok_or(RatingError::NotFound)?;
    if open_until(tenant, &found).is_none_or(|until| at >= until) {
        return Err(RatingError::NotNow);
    }
    if let Some(before) = store::load(writing, id).await?
        && before.stars == stars
        && before.comment(tenant)? == comment
    {
        return Ok(before);
    }
    let new = New { consultation: id, patient, stars, comment: comment.as_deref(), at };
    store::put(writing, tenant, &new).await?;
    let subject = audit::Subject { kind: "consultation", id: id.as_str() };
    let detail = json!({ "patient": patient, "stars": stars.number() });
    let entry = audit::Entry { at, actor, action: "consultation.rated", subject, detail };
    audit::append(writing, &tenant.key, entry).await?;
    let conversation = conversation::load(writing, &found.conversation).await?.ok_or(RatingError::NotFound)?;
    change::append(writing, at, Kind::Consultation, id.as_str(), Some(conversation.patient_user.as_str())).await?;
    webhook::enqueue(writing, tenant, vec![webhook::of_rating(&found, stars, at)]).await?;
    store::load(writing, id).await?.ok_or(RatingError::NotFound)
}

/// What was said of a consultation.
pub async fn read(tenant: &Tenant, id: &ConsultationId, reader: Reader<'_>) -> Result<Record, RatingError> {
    let mut reading = tenant.store.read().await?;
    let found = consultations::load(&mut reading, id).await?.ok_or(RatingError::NotFound)?;
    match reader {
        Reader::Patient(patient) if found.patient != *patient => return Err(RatingError::NotFound),
        Reader::Staff(member) if !rule::may_read(&found, member) => return Err(RatingError::NotOpen),
        Reader::Patient(_) | Reader::Staff(_) => {}
    }
    store::load(&mut reading, id).await?.ok_or(RatingError::NotFound)
}

fn open_until(tenant: &Tenant, record: &consultation::Record) -> Option<crate::time::Time> {
    rule::open_until(record, tenant.brand().queue(record.state.queue.as_str()).is_some_and(|queue| queue.rating))
}
