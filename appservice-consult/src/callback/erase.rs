//! Erasing what is personal of call-backs that ended long ago: whom to call, where, why, and what was written down about it.
//!
//! The row stays, for reports: queue, times, outcome. The key of the sealed record is destroyed: the chain stays whole and provable, the record opens no more, and
//! its words leave the search index in the same transaction.
//! What a visitor agreed to stays without his name and number, as the proof that he did.

use sea_query::{Cond, Expr, ExprTrait, Order, Query};
use serde_json::json;

use super::details::Details;
use super::effects;
use super::error::CallbackError;
use super::record::{self, Record};
use crate::actor::Actor;
use crate::api::types::{CallbackEnding, CallbackPhase, ErasureCause, ErasureCounts};
use crate::archive::{self, Appended, Inscription, Subject};
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{CallbackId, PatientId, UserId};
use crate::retention;
use crate::rules;
use crate::search;
use crate::store::tables::{Callback as Table, CallbackHistory};
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::words::Word;

/// Call-backs erased in one round; the next round goes on.
const BATCH: u64 = 200;
const DAY_SECONDS: i64 = 24 * 3_600;

/// Erases what is due; returns of how many.
pub async fn erase_old(tenant: &Tenant) -> Result<usize, CallbackError> {
    if tenant.callback_keep_days == 0 {
        return Ok(0);
    }
    let mut writing = tenant.store.write().await?;
    let due = due(&mut writing, tenant).await?;
    let mut tombstones = Vec::new();
    for id in &due {
        if let Some(before) = record::load(&mut writing, &tenant.key, id).await? {
            tombstones.extend(erase(&mut writing, tenant, &before, ErasureCause::Due).await?);
        }
    }
    writing.commit().await?;
    for tombstone in &tombstones {
        archive::anchor_head(tenant, tombstone)?;
    }
    Ok(due.len())
}

/// What is left of a patient's call-backs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing that is personal.
    Nothing,
    /// A legal hold keeps them.
    Held,
    /// One waits to be sealed first.
    NotSealed,
}

/// Erases what is personal of a patient's call-backs, as a part of the deletion of his account.
pub async fn erase_patient(tenant: &Tenant, patient: &PatientId) -> Result<Left, CallbackError> {
    let mut writing = tenant.store.write().await?;
    if retention::is_patient_held(&mut writing, patient).await? {
        return Ok(Left::Held);
    }
    let mut select = record::select();
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str())).and_where(Expr::col(Table::ErasedAt).is_null());
    let rows = writing.fetch_all(&select).await?;
    let (mut tombstones, mut left) = (Vec::new(), Left::Nothing);
    for row in &rows {
        let before = record::read(&tenant.key, row)?;
        let never_taken = before.state.last_operator.is_none() && before.state.ended_at.is_some();
        if before.sealed.is_none() && !never_taken {
            left = Left::NotSealed;
            continue;
        }
        tombstones.extend(erase(&mut writing, tenant, &before, ErasureCause::AccountDeleted).await?);
    }
    writing.commit().await?;
    for tombstone in &tombstones {
        archive::anchor_head(tenant, tombstone)?;
    }
    Ok(left)
}

/// Call-backs that ended long ago. One whose record is still to be sealed waits for it; those of a patient whose records are held all stay.
async fn due(writing: &mut Writing, tenant: &Tenant) -> Result<Vec<CallbackId>, StoreError> {
    let ended_before = tenant.context.now().plus_seconds(-i64::from(tenant.callback_keep_days) * DAY_SECONDS);
    // Nobody ever had it in his hands: nothing is sealed of it.
    let never_sealed =
        Expr::col(Table::Ending).eq(CallbackEnding::Cancelled.word()).and(Expr::col(Table::OperatorId).is_null());
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    select.and_where(Expr::col(Table::EndedAt).lte(ended_before.as_millis()));
    select.and_where(Expr::col(Table::ErasedAt).is_null());
    select.cond_where(Cond::any().add(Expr::col(Table::Phase).eq(CallbackPhase::Archived.word())).add(never_sealed));
    let held = retention::patient_is_held(Expr::col(Table::PatientId));
    select.cond_where(Cond::any().add(Expr::col(Table::PatientId).is_null()).add(held.not()));
    select.order_by(Table::EndedAt, Order::Asc).limit(BATCH);
    let rows = writing.fetch_all(&select).await?;
    rows.iter().map(|row| row.id(Table::Id)).collect()
}

/// Erases one; returns its tombstone, where a record of it was sealed.
async fn erase(
    writing: &mut Writing,
    tenant: &Tenant,
    before: &Record,
    cause: ErasureCause,
) -> Result<Option<Appended>, CallbackError> {
    let now = tenant.context.now();
    let id = &before.id;
    let sequence = before.sealed.map(|(sequence, _)| sequence);
    let nobody = record::seal(tenant, "details", id.as_str(), &Details::default());
    let nothing = || Expr::val(None::<Vec<u8>>);
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, Expr::col(Table::Version).add(1_i64)),
        (Table::Details, nobody.into()),
        (Table::PhoneIndex, nothing()),
        (Table::Note, nothing()),
        (Table::ErasedAt, now.as_millis().into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await?;
    let mut notes = Query::update();
    notes.table(CallbackHistory::Table).value(CallbackHistory::Note, nothing());
    writing.execute(notes.and_where(Expr::col(CallbackHistory::CallbackId).eq(id.as_str()))).await?;
    rules::erase_callback(writing, id).await?;
    search::forget(writing, tenant, id).await?;
    let tombstone = match sequence {
        Some(_) => Some(bury(writing, tenant, id, cause).await?),
        None => None,
    };
    let entry = audit::Entry {
        at: now,
        actor: &Actor::System,
        action: "callback.erased",
        subject: audit::Subject { kind: "callback", id: id.as_str() },
        detail: json!({ "sequence": sequence }),
    };
    audit::append(writing, &tenant.key, entry).await?;
    let audience = effects::audience(writing, before).await?;
    change::append(writing, now, Kind::Callback, id.as_str(), audience.as_ref().map(UserId::as_str)).await?;
    Ok(tombstone)
}

async fn bury(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &CallbackId,
    cause: ErasureCause,
) -> Result<Appended, CallbackError> {
    let inscription = Inscription {
        by: Actor::System.user_id().to_owned(),
        cause,
        reason_hash: None,
        terms: None,
        counts: ErasureCounts::default(),
        files: Some(Vec::new()),
    };
    Ok(archive::bury(writing, tenant, &Subject::Callback(id.clone()), inscription).await?)
}
