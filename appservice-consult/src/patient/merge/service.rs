//! Merging two cards, and separating them again. One SQL transaction each; the directory follows it.

use sea_query::{Expr, ExprTrait, Func, Query};
use serde_json::json;

use super::super::listed::note_open;
use super::super::store::{self as patients, PatientRecord};
use super::error::MergeError;
use super::preview::{Whole, obstacle, seen};
use super::standing::Part;
use super::store::{self, Merge, Separated};
use super::{field, own_field};
use crate::actor::Actor;
use crate::api::types::CardField;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{MergeId, OperatorId, PatientId};
use crate::retention;
use crate::store::tables::{Consultation, Patient as Table};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::webhook;

/// A supervisor who merges or separates, or a member of staff who says that two cards are two people's.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// His record.
    pub id: &'a OperatorId,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// What a supervisor decides.
#[derive(Debug)]
pub struct New<'a> {
    /// The card that stays in lists.
    pub leading: &'a PatientId,
    /// The one that is shown on it.
    pub merged: &'a PatientId,
    /// Fields that are shown as that one has them.
    pub taken: Vec<CardField>,
    /// The same of the brand's own, by their ids.
    pub taken_fields: Vec<String>,
    /// Why.
    pub reason: &'a str,
    /// What he saw.
    pub seen: &'a str,
    /// His press.
    pub request_id: String,
}

/// That two cards are to be separate again.
#[derive(Debug)]
pub struct Separation<'a> {
    /// The version that was seen.
    pub version: i64,
    /// Why.
    pub reason: &'a str,
    /// The supervisor's press.
    pub request_id: String,
}

/// Whether a press did it, or had done it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done now.
    Done,
    /// The same press had done it.
    Known,
}

/// Shows one card on another. Nothing is moved.
///
/// Errors: `Same`, `NotFound`, `Obstacle`, `Changed`, `Fields`, `RequestUsed`, `Reason`, `Store`.
pub async fn merge(tenant: &Tenant, new: New<'_>, by: By<'_>) -> Result<(Merge, Outcome), MergeError> {
    let reason = retention::checked_reason(new.reason)?;
    if new.leading == new.merged {
        return Err(MergeError::Same);
    }
    let mut writing = tenant.store.write().await?;
    if let Some(known) = store::by_request(&mut writing, tenant, by.id, &new.request_id).await? {
        let is_same = known.leading == *new.leading && known.part.patient == *new.merged;
        return if is_same { Ok((known, Outcome::Known)) } else { Err(MergeError::RequestUsed) };
    }
    let leading = Whole::load(&mut writing, tenant, new.leading).await?;
    let merged = Whole::load(&mut writing, tenant, new.merged).await?;
    if let Some(obstacle) = obstacle(tenant, &leading, &merged) {
        return Err(MergeError::Obstacle(obstacle));
    }
    if seen(tenant, &leading, &merged) != new.seen {
        return Err(MergeError::Changed);
    }
    let mut taken = field::differing(&leading.shown, &merged.shown);
    taken.retain(|field| new.taken.contains(field));
    let brand = tenant.brand();
    let taken_fields = own_field::chosen(&brand.fields.patient, &leading.shown, &merged.shown, &new.taken_fields);
    let taken_fields = taken_fields.map_err(MergeError::Fields)?;
    let merge = Merge {
        leading: new.leading.clone(),
        part: Part { merge: tenant.context.new_id().into(), patient: new.merged.clone(), taken, taken_fields },
        reason: reason.to_owned(),
        merged_at: tenant.context.now(),
        merged_by: by.id.clone(),
        separated: None,
    };
    store::insert(&mut writing, tenant, &merge, &new.request_id).await?;
    let last = leading.record.last_consultation_at.max(merged.record.last_consultation_at);
    let consultations = leading.record.consultations + merged.record.consultations;
    keep_counts(&mut writing, new.leading, consultations, last).await?;
    tell(&mut writing, tenant, &merge, by.actor).await?;
    // Before the commit: whoever is woken by it shows the card as it is then.
    tenant.patients.join(&merge.leading, merge.part.clone());
    if let Err(error) = writing.commit().await {
        tenant.patients.part(&merge.part.patient);
        return Err(error.into());
    }
    Ok((merge, Outcome::Done))
}

/// Gives each card back what is its own. What came after the merge stays with the account that it came to.
///
/// Errors: `NotFound`, `Separated`, `Changed`, `Reason`, `Store`.
pub async fn separate(
    tenant: &Tenant,
    id: &MergeId,
    separation: &Separation<'_>,
    by: By<'_>,
) -> Result<Merge, MergeError> {
    let reason = retention::checked_reason(separation.reason)?;
    let mut writing = tenant.store.write().await?;
    let before = store::load(&mut writing, tenant, id).await?.ok_or(MergeError::NotFound)?;
    if before.separated.is_some() {
        let is_known = store::was_separated_by(&mut writing, id, by.id, &separation.request_id).await?;
        return if is_known { Ok(before) } else { Err(MergeError::Separated) };
    }
    if separation.version != before.version() {
        return Err(MergeError::Changed);
    }
    let separated = Separated { at: tenant.context.now(), by: Some(by.id.clone()), reason: Some(reason.to_owned()) };
    let merge = end(&mut writing, tenant, before, separated, Some(&separation.request_id)).await?;
    tell(&mut writing, tenant, &merge, by.actor).await?;
    tenant.patients.part(&merge.part.patient);
    if let Err(error) = writing.commit().await {
        // It stands at its place again: of several that give a field the order counts.
        let mut reading = tenant.store.read().await?;
        tenant.patients.arrange(store::load_standing(&mut reading).await?);
        return Err(error.into());
    }
    Ok(merge)
}

/// Separates an account that is being deleted from every other one, in the transaction that deletes it. Returns what was separated.
pub async fn end_with_account(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
) -> Result<Vec<Merge>, StoreError> {
    let mut ended = Vec::new();
    for merge in store::standing_of(writing, tenant, patient).await? {
        let separated = Separated { at: tenant.context.now(), by: None, reason: None };
        let merge = end(writing, tenant, merge, separated, None).await?;
        tell(writing, tenant, &merge, &Actor::System).await?;
        ended.push(merge);
    }
    Ok(ended)
}

/// Merges that a card is or was in, the last first, each with what both sides would say without it; none of one that was separated.
///
/// Errors: `NotFound`, `Store`.
pub async fn history(
    tenant: &Tenant,
    patient: &PatientId,
    actor: &Actor,
) -> Result<Vec<(Merge, Option<[PatientRecord; 2]>)>, MergeError> {
    let mut writing = tenant.store.write().await?;
    patients::load(&mut writing, &tenant.key, patient).await?.ok_or(MergeError::NotFound)?;
    let (mut told, mut read) = (Vec::new(), vec![patient.clone()]);
    for merge in store::of_patient(&mut writing, tenant, patient).await? {
        let mut sides = None;
        if merge.separated.is_none() {
            let leading = without(&mut writing, tenant, &merge).await?;
            let merged = patients::load(&mut writing, &tenant.key, &merge.part.patient).await?;
            read.extend([merge.leading.clone(), merge.part.patient.clone()]);
            sides = Some([leading, merged.ok_or(MergeError::NotFound)?]);
        }
        told.push((merge, sides));
    }
    read.sort_unstable();
    read.dedup();
    for id in &read {
        let subject = audit::Subject { kind: "patient", id: id.as_str() };
        let (at, detail) = (tenant.context.now(), json!({ "merges": true }));
        let entry = audit::Entry { at, actor, action: "patient.read", subject, detail };
        audit::append(&mut writing, &tenant.key, entry).await?;
    }
    writing.commit().await?;
    Ok(told)
}

/// The record that leads, with the card that would be shown if one merge were not.
async fn without(session: &mut Session, tenant: &Tenant, merge: &Merge) -> Result<PatientRecord, MergeError> {
    let mut leading = patients::load(session, &tenant.key, &merge.leading).await?.ok_or(MergeError::NotFound)?;
    for other in store::standing_of(session, tenant, &merge.leading).await? {
        if other.id() == merge.id() {
            continue;
        }
        let from = patients::load(session, &tenant.key, &other.part.patient).await?.ok_or(MergeError::NotFound)?;
        other.part.write_over(&from.card, &mut leading.card);
    }
    Ok(leading)
}

/// Writes down the end of a merge, and takes off the card what was counted for the account that goes.
async fn end(
    writing: &mut Writing,
    tenant: &Tenant,
    merge: Merge,
    separated: Separated,
    request_id: Option<&str>,
) -> Result<Merge, StoreError> {
    store::separate(writing, tenant, merge.id(), &separated, request_id).await?;
    let gone = patients::load(writing, &tenant.key, &merge.part.patient).await?;
    let leading = patients::load(writing, &tenant.key, &merge.leading).await?;
    if let (Some(gone), Some(leading)) = (gone, leading) {
        let mut last = last_of_its_own(writing, &merge.leading).await?;
        for other in store::standing_of(writing, tenant, &merge.leading).await? {
            let record = patients::load(writing, &tenant.key, &other.part.patient).await?;
            last = last.max(record.and_then(|record| record.last_consultation_at));
        }
        keep_counts(writing, &merge.leading, leading.consultations - gone.consultations, last).await?;
    }
    Ok(Merge { separated: Some(separated), ..merge })
}

async fn last_of_its_own(session: &mut Session, id: &PatientId) -> Result<Option<Time>, StoreError> {
    let mut select = Query::select();
    select.expr(Func::max(Expr::col(Consultation::RequestedAt))).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::PatientId).eq(id.as_str()));
    let row = session.fetch_one(&select).await?;
    Ok(row.map_or(Ok(None), |row| row.first_number_or_null())?.map(Time::from_millis))
}

/// What a card counts: its own account's consultations and those of the accounts that are shown on it.
async fn keep_counts(
    writing: &mut Writing,
    id: &PatientId,
    consultations: i64,
    last: Option<Time>,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Consultations, Ord::max(consultations, 0).into()),
        (Table::LastConsultationAt, last.map_or(0, Time::as_millis).into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(drop)
}

/// The audit log, under both records, partners' systems, and the consoles, which show whose the open consultations are.
async fn tell(writing: &mut Writing, tenant: &Tenant, merge: &Merge, actor: &Actor) -> Result<(), StoreError> {
    let (action, at) = match &merge.separated {
        None => ("patient.merged", merge.merged_at),
        Some(separated) => ("patient.unmerged", separated.at),
    };
    for id in [&merge.leading, &merge.part.patient] {
        let subject = audit::Subject { kind: "patient", id: id.as_str() };
        let detail = json!({
            "merge": merge.id(),
            "leading": merge.leading,
            "merged": merge.part.patient,
            "fields": merge.part.names(),
        });
        audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
        change::append(writing, at, Kind::Patient, id.as_str(), None).await?;
    }
    let mut accounts = tenant.patients.accounts_of(&merge.leading);
    accounts.push(merge.part.patient.clone());
    note_open(writing, &accounts, at).await?;
    webhook::enqueue(writing, tenant, vec![webhook::of_merge(merge)]).await
}
