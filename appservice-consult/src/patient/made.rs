//! A card that is made before its patient comes: by the desk, or by a partner's system (`invitation/`).

use sea_query::{Expr, ExprTrait, Query};
use serde_json::json;

use super::bound;
use super::card::Card;
use super::listed::note_row;
use super::service::{PatientError, append_audit, changed_card};
use super::store::{self, PatientRecord};
use crate::actor::Actor;
use crate::api::types::PatientChange;
use crate::demo;
use crate::ids::{PatientId, UserId};
use crate::store::tables::Patient as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// What is to be on a new card, if every field of it can be so.
///
/// Errors: `Card`, `NotYours`.
pub fn new_card(tenant: &Tenant, change: PatientChange, actor: &Actor) -> Result<Card, PatientError> {
    changed_card(tenant, &Card::default(), change, actor)
}

/// Writes the card of an account that was just made. What somebody of a demonstration makes is the demonstration's too. `None`: another patient has the account.
///
/// The caller puts it into the directory once it is committed. Errors: `ExternalIdTaken`, `Store`.
pub async fn insert_made(
    writing: &mut Writing,
    tenant: &Tenant,
    user_id: &UserId,
    card: &Card,
    actor: &Actor,
) -> Result<Option<PatientRecord>, PatientError> {
    let mut record = PatientRecord {
        id: tenant.context.new_id().into(),
        user_id: user_id.clone(),
        created_at: tenant.context.now(),
        card: card.clone(),
        consultations: 0,
        last_consultation_at: None,
        deleted_at: None,
    };
    bound::note(&Card::default(), &mut record.card, record.created_at, actor);
    if !store::insert(writing, tenant, &record).await? {
        return Ok(None);
    }
    match store::store_card(writing, tenant, &record).await {
        Err(StoreError::Constraint(_)) => return Err(PatientError::ExternalIdTaken),
        stored => stored?,
    }
    append_audit(writing, tenant, actor, "patient.created", &record.id, json!({})).await?;
    if demo::is_account(writing, &UserId::from(actor.user_id())).await? {
        demo::mark_within(writing, tenant, user_id, actor).await?;
    }
    note_row(writing, tenant, &record.id, record.created_at).await?;
    webhook::enqueue(writing, tenant, vec![webhook::of_creation(&record.id, actor, record.created_at)]).await?;
    Ok(Some(record))
}

/// The account that a partner's system knows by this number.
pub async fn by_external_id(
    tenant: &Tenant,
    session: &mut Session,
    number: &str,
) -> Result<Option<PatientId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table);
    select.and_where(Expr::col(Table::ExternalIndex).eq(tenant.key.index("external id", number)));
    session.fetch_one(&select).await?.map(|row| row.id(Table::Id)).transpose()
}
