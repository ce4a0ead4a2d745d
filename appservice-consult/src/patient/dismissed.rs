//! "These are two people": pairs of cards that look like one human's and, at the word of a member of staff, are not. Neither is suggested beside the other any
//! more, until it is taken back.
//!
//! It is said of two accounts, whichever cards they are on: one that is shown on another card takes it along, and has it again when the cards are separate.
//! It stands against no merge by hand: whoever merges the two is told of it, and a merge that ends leaves it as it was.

use sea_query::{Expr, ExprTrait, Order, Query};
use serde_json::{Value, json};

use super::duplicates;
use super::merge::By;
use super::service::load_in_order;
use super::store::{self as patients, PatientRecord};
use crate::audit;
use crate::ids::{OperatorId, PatientId};
use crate::store::tables::DismissedDuplicate as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// Cards that are named so on one, the latest first; of more nobody reads any.
const SHOWN_MAX: usize = 50;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum DismissError {
    /// There is no such patient.
    #[error("no such card")]
    NotFound,
    /// Both are on one card.
    #[error("it is one card")]
    OneCard,
    /// Nothing makes them look like one human's.
    #[error("nothing suggests that they are one")]
    NotSuggested,
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// A card that is another human's, at somebody's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    /// It.
    pub card: PatientId,
    /// Since when that is known.
    pub at: Time,
    /// Who said so.
    pub by: OperatorId,
}

/// Two cards, each under the account that leads it.
struct Pair {
    one: PatientId,
    other: PatientId,
}

impl Pair {
    async fn load(
        session: &mut Session,
        tenant: &Tenant,
        (one, other): (&PatientId, &PatientId),
    ) -> Result<Self, DismissError> {
        for id in [one, other] {
            patients::load(session, &tenant.key, id).await?.ok_or(DismissError::NotFound)?;
        }
        let (one, other) = (tenant.patients.leading_of(one), tenant.patients.leading_of(other));
        if one == other { Err(DismissError::OneCard) } else { Ok(Self { one, other }) }
    }
}

/// Says that two cards, of which one is suggested on the other, are two people's. Saying it once more changes nothing.
///
/// Errors: `NotFound`, `OneCard`, `NotSuggested`, `Store`.
pub async fn dismiss_duplicate(
    tenant: &Tenant,
    (id, other): (&PatientId, &PatientId),
    by: By<'_>,
) -> Result<(), DismissError> {
    let mut writing = tenant.store.write().await?;
    let pair = Pair::load(&mut writing, tenant, (id, other)).await?;
    if between(&mut writing, tenant, &pair.one, &pair.other).await?.is_some() {
        return Ok(());
    }
    let alike = duplicates::alike(tenant, &mut writing, &pair.one).await?;
    let because = alike.into_iter().find(|(card, _)| *card == pair.other).map(|(_, because)| because);
    let because = because.ok_or(DismissError::NotSuggested)?;
    let (lesser, greater) = if pair.one < pair.other { (&pair.one, &pair.other) } else { (&pair.other, &pair.one) };
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::OneId, Table::OtherId, Table::DismissedAt, Table::DismissedBy]);
    insert.values_panic([
        lesser.as_str().into(),
        greater.as_str().into(),
        tenant.context.now().as_millis().into(),
        by.id.as_str().into(),
    ]);
    writing.execute(&insert).await?;
    tell(&mut writing, tenant, &pair, by, ("patient.duplicate_dismissed", json!({ "because": because }))).await?;
    writing.commit().await?;
    Ok(())
}

/// Takes it back: what looks like one human's is suggested again. Where nobody said so, nothing changes.
///
/// Errors: `NotFound`, `OneCard`, `Store`.
pub async fn restore_duplicate(
    tenant: &Tenant,
    (id, other): (&PatientId, &PatientId),
    by: By<'_>,
) -> Result<(), DismissError> {
    let mut writing = tenant.store.write().await?;
    let pair = Pair::load(&mut writing, tenant, (id, other)).await?;
    let of = |card: &PatientId| tenant.patients.accounts_of(card).into_iter().map(String::from).collect::<Vec<_>>();
    let (ones, others) = (of(&pair.one), of(&pair.other));
    let is_between = |one: &[String], other: &[String]| {
        let from = Expr::col(Table::OneId).is_in(one.to_vec());
        from.and(Expr::col(Table::OtherId).is_in(other.to_vec()))
    };
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(is_between(&ones, &others).or(is_between(&others, &ones)));
    if writing.execute(&delete).await? == 0 {
        return Ok(());
    }
    tell(&mut writing, tenant, &pair, by, ("patient.duplicate_restored", json!({}))).await?;
    writing.commit().await?;
    Ok(())
}

/// The audit log, under both cards.
async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    pair: &Pair,
    by: By<'_>,
    (action, detail): (&str, Value),
) -> Result<(), StoreError> {
    for (id, other) in [(&pair.one, &pair.other), (&pair.other, &pair.one)] {
        let subject = audit::Subject { kind: "patient", id: id.as_str() };
        let mut detail = detail.clone();
        detail["other"] = json!(other);
        let entry = audit::Entry { at: tenant.context.now(), actor: by.actor, action, subject, detail };
        audit::append(writing, &tenant.key, entry).await?;
    }
    Ok(())
}

/// Cards that are other humans' than this one's, the latest said first.
pub(super) async fn all(session: &mut Session, tenant: &Tenant, id: &PatientId) -> Result<Vec<Dismissed>, StoreError> {
    let accounts = tenant.patients.accounts_of(id);
    let ids = || accounts.iter().map(PatientId::as_str);
    let mut select = Query::select();
    select.columns([Table::OneId, Table::OtherId, Table::DismissedAt, Table::DismissedBy]).from(Table::Table);
    select.and_where(Expr::col(Table::OneId).is_in(ids()).or(Expr::col(Table::OtherId).is_in(ids())));
    select.order_by(Table::DismissedAt, Order::Desc);
    select.order_by(Table::OneId, Order::Asc).order_by(Table::OtherId, Order::Asc);
    let mut told: Vec<Dismissed> = Vec::new();
    for row in session.fetch_all(&select).await? {
        let Some(other) = other_of(&row, &accounts)? else { continue };
        let card = tenant.patients.leading_of(&other);
        if told.iter().all(|known| known.card != card) {
            told.push(Dismissed { card, at: row.time(Table::DismissedAt)?, by: row.id(Table::DismissedBy)? });
        }
    }
    Ok(told)
}

/// The account of a pair that is not among these; `None`: both are, since the cards were merged all the same.
fn other_of(row: &Row, accounts: &[PatientId]) -> Result<Option<PatientId>, StoreError> {
    let pair: [PatientId; 2] = [row.id(Table::OneId)?, row.id(Table::OtherId)?];
    Ok(pair.into_iter().find(|id| !accounts.contains(id)))
}

/// What was said of two cards.
pub(super) async fn between(
    session: &mut Session,
    tenant: &Tenant,
    one: &PatientId,
    other: &PatientId,
) -> Result<Option<Dismissed>, StoreError> {
    let card = tenant.patients.leading_of(other);
    Ok(all(session, tenant, one).await?.into_iter().find(|dismissed| dismissed.card == card))
}

/// The same with the records of the cards, as a card shows it.
pub async fn shown_dismissed(
    tenant: &Tenant,
    session: &mut Session,
    id: &PatientId,
) -> Result<Vec<(PatientRecord, Dismissed)>, StoreError> {
    let mut all = all(session, tenant, id).await?;
    all.truncate(SHOWN_MAX);
    let ids: Vec<PatientId> = all.iter().map(|dismissed| dismissed.card.clone()).collect();
    let records = load_in_order(tenant, session, &ids).await?;
    let said = |id: &PatientId| all.iter().find(|dismissed| dismissed.card == *id).cloned();
    Ok(records.into_iter().filter_map(|record| said(&record.id).map(|said| (record, said))).collect())
}

/// Forgets what was said of an account that is being deleted.
pub async fn forget_dismissed(writing: &mut Writing, id: &PatientId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    let is_one = Expr::col(Table::OneId).eq(id.as_str());
    delete.from_table(Table::Table).and_where(is_one.or(Expr::col(Table::OtherId).eq(id.as_str())));
    writing.execute(&delete).await.map(drop)
}
