//! Which accounts are a demonstration's. A mark is set when an account is made and never guessed; it stays, and ends with the account.

use sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::json;

use crate::actor::Actor;
use crate::audit;
use crate::change::{self, Kind};
use crate::ids::{PatientId, UserId};
use crate::store::tables::{DemoAccount as Table, Patient};
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Marks an account that was just made. Returns whether it was not marked before.
pub async fn mark(tenant: &Tenant, user: &UserId, actor: &Actor) -> Result<bool, StoreError> {
    let mut writing = tenant.store.write().await?;
    let is_new = mark_within(&mut writing, tenant, user, actor).await?;
    writing.commit().await?;
    Ok(is_new)
}

/// The same, in a transaction that does more.
pub async fn mark_within(
    writing: &mut Writing,
    tenant: &Tenant,
    user: &UserId,
    actor: &Actor,
) -> Result<bool, StoreError> {
    let now = tenant.context.now();
    let mut select = Query::select();
    select.column(Patient::Id).from(Patient::Table).and_where(Expr::col(Patient::UserId).eq(user.as_str()));
    let patient = writing.fetch_one(&select).await?.map(|row| row.text(Patient::Id)).transpose()?;
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::UserId, Table::PatientId, Table::MarkedAt]);
    insert.values_panic([user.as_str().into(), patient.into(), now.as_millis().into()]);
    insert.on_conflict(OnConflict::column(Table::UserId).do_nothing().to_owned());
    if writing.execute(&insert).await? == 0 {
        return Ok(false);
    }
    let subject = audit::Subject { kind: "account", id: user.as_str() };
    let entry = audit::Entry { at: now, actor, action: "demo.marked", subject, detail: json!({}) };
    audit::append(writing, &tenant.key, entry).await?;
    change::append(writing, now, Kind::Setup, "demo", None).await?;
    Ok(true)
}

/// An account is seen as a patient for the first time: its mark, if it has one, says which.
pub async fn meet(writing: &mut Writing, user: &UserId, patient: &PatientId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::PatientId, patient.as_str());
    update.and_where(Expr::col(Table::UserId).eq(user.as_str())).and_where(Expr::col(Table::PatientId).is_null());
    update.and_where(Expr::col(Table::EndedAt).is_null());
    writing.execute(&update).await.map(drop)
}

/// A patient's account ends, at whoever's word: whoever has its name from now on is somebody else.
pub async fn end_patient(writing: &mut Writing, patient: &PatientId, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::EndedAt, at.as_millis());
    update.and_where(Expr::col(Table::PatientId).eq(patient.as_str())).and_where(Expr::col(Table::EndedAt).is_null());
    writing.execute(&update).await.map(drop)
}

/// Whether a patient is an invented one, also after his end.
pub async fn is_patient(session: &mut Session, patient: &PatientId) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::UserId).from(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Whether an account is a demonstration's, as long as it is there.
pub async fn is_account(session: &mut Session, user: &UserId) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::UserId).from(Table::Table).and_where(Expr::col(Table::UserId).eq(user.as_str()));
    select.and_where(Expr::col(Table::EndedAt).is_null());
    Ok(session.fetch_one(&select).await?.is_some())
}
