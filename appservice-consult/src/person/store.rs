//! Rows of persons.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::card::Kept;
use crate::ids::{PatientId, PersonId};
use crate::patient::Card;
use crate::store::tables::{Callback, Consent, Consultation, Person as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// Rows read at once at start.
const BATCH: u64 = 1_000;

/// A person with what is counted.
#[derive(Debug, Clone)]
pub struct PersonRecord {
    /// Id.
    pub id: PersonId,
    /// Who acts for him.
    pub patient: PatientId,
    /// When he was added.
    pub created_at: Time,
    /// Since when he is hidden.
    pub removed_at: Option<Time>,
    /// The card.
    pub kept: Kept,
    /// How many consultations he had.
    pub consultations: i64,
}

fn place(id: &str) -> Place<'_> {
    Place { table: "person", column: "card", row: id }
}

fn select() -> SelectStatement {
    let mut counted = Query::select();
    counted.expr(Func::count(Expr::col(Consultation::Id))).from(Consultation::Table);
    let his = Expr::col((Consultation::Table, Consultation::PersonId)).equals((Table::Table, Table::Id));
    counted.and_where(his);
    let mut select = Query::select();
    // The count is the first: it has no name.
    select.expr(Expr::SubQuery(None, Box::new(counted.into())));
    for column in [Table::Id, Table::PatientId, Table::CreatedAt, Table::RemovedAt, Table::Card] {
        select.column((Table::Table, column));
    }
    select.from(Table::Table);
    select
}

fn read(key: &TenantKey, row: &Row) -> Result<PersonRecord, StoreError> {
    let id = row.text(Table::Id)?;
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "card".to_owned(), source };
    let card = key.open(place(&id), &row.bytes(Table::Card)?).map_err(|error| broken(error.into()))?;
    Ok(PersonRecord {
        consultations: row.first_number()?,
        patient: row.id(Table::PatientId)?,
        created_at: row.time(Table::CreatedAt)?,
        removed_at: row.time_or_null(Table::RemovedAt)?,
        kept: serde_json::from_slice(&card).map_err(|error| broken(error.into()))?,
        id: id.into(),
    })
}

/// The person of that id, if that patient acts for him: another's is like an absent one.
pub async fn load(
    session: &mut Session,
    key: &TenantKey,
    patient: &PatientId,
    id: &PersonId,
) -> Result<Option<PersonRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Id)).eq(id.as_str()));
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// The person that a client's request added.
pub(super) async fn by_request(
    session: &mut Session,
    key: &TenantKey,
    patient: &PatientId,
    request_id: &str,
) -> Result<Option<PersonRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    select.and_where(Expr::col((Table::Table, Table::RequestId)).eq(request_id));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// Whom a patient acts for: in the order they were added, those who were removed behind the others.
pub async fn load_of_patient(
    session: &mut Session,
    key: &TenantKey,
    patient: &PatientId,
) -> Result<Vec<PersonRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::PatientId)).eq(patient.as_str()));
    select.order_by((Table::Table, Table::CreatedAt), Order::Asc).order_by((Table::Table, Table::Id), Order::Asc);
    let rows = session.fetch_all(&select).await?;
    let mut all = rows.iter().map(|row| read(key, row)).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|record| record.removed_at.is_some());
    Ok(all)
}

/// All persons, handed to `each` one by one.
pub async fn load_all(
    session: &mut Session,
    key: &TenantKey,
    mut each: impl FnMut(PersonRecord),
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let mut select = select();
        select.and_where(Expr::col((Table::Table, Table::Id)).gt(after.as_str()));
        select.order_by((Table::Table, Table::Id), Order::Asc).limit(BATCH);
        let rows = session.fetch_all(&select).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.text(Table::Id)?;
        for row in &rows {
            each(read(key, row)?);
        }
    }
}

/// Whether something is kept that names him: a consultation, a call-back, or a row of the ledger of consents.
pub(super) async fn is_named(session: &mut Session, id: &PersonId) -> Result<bool, StoreError> {
    let mut asked = Query::select();
    asked.expr(Func::count(Expr::col(Consultation::Id))).from(Consultation::Table);
    asked.and_where(Expr::col(Consultation::PersonId).eq(id.as_str()));
    let mut agreed = Query::select();
    agreed.expr(Func::count(Expr::col(Consent::Version))).from(Consent::Table);
    agreed.and_where(Expr::col(Consent::PersonId).eq(id.as_str()));
    let mut called = Query::select();
    called.expr(Func::count(Expr::col(Callback::Id))).from(Callback::Table);
    called.and_where(Expr::col(Callback::PersonId).eq(id.as_str()));
    for count in [asked, agreed, called] {
        if session.fetch_one(&count).await?.map_or(Ok(0), |row| row.first_number())? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a new one.
pub(super) async fn insert(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &PersonRecord,
    request_id: &str,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::PatientId,
        Table::RequestId,
        Table::CreatedAt,
        Table::Card,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.patient.as_str().into(),
        request_id.into(),
        record.created_at.as_millis().into(),
        sealed(tenant, record).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes a card, and whether he is hidden.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, record: &PersonRecord) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Card, sealed(tenant, record).into()),
        (Table::RemovedAt, record.removed_at.map(Time::as_millis).into()),
    ]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(record.id.as_str()))).await.map(drop)
}

/// Deletes one of whom nothing is kept.
pub(super) async fn delete(writing: &mut Writing, id: &PersonId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::Id).eq(id.as_str()));
    writing.execute(&delete).await.map(drop)
}

/// Takes what is personal off the cards of these: the account that acts for them is being deleted.
pub async fn empty_cards(
    writing: &mut Writing,
    tenant: &Tenant,
    persons: &[PersonRecord],
    at: Time,
) -> Result<(), StoreError> {
    for person in persons {
        let kept = Kept { card: Card::default(), relationship: crate::api::types::Relationship::Other };
        let emptied = PersonRecord { kept, removed_at: person.removed_at.or(Some(at)), ..person.clone() };
        update(writing, tenant, &emptied).await?;
    }
    Ok(())
}

fn sealed(tenant: &Tenant, record: &PersonRecord) -> Vec<u8> {
    let card = serde_json::to_vec(&record.kept).expect("a card has only string keys");
    tenant.key.seal(&tenant.context, place(record.id.as_str()), &card)
}
