//! Rows of patients.

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};

use super::card::Card;
use super::merge;
use crate::ids::{PatientId, UserId};
use crate::store::tables::Patient as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// What stands before a record's id where its account stood. No Matrix user id begins so.
const PARTED: &str = "deleted:";

/// Rows read at once at start.
const BATCH: u64 = 1_000;

/// A patient with what is counted.
#[derive(Debug, Clone)]
pub struct PatientRecord {
    /// Id.
    pub id: PatientId,
    /// The account.
    pub user_id: UserId,
    /// When the service first saw him.
    pub created_at: Time,
    /// The card.
    pub card: Card,
    /// How many consultations he had.
    pub consultations: i64,
    /// Request time of the last.
    pub last_consultation_at: Option<Time>,
    /// Since when his account is being deleted, or has been.
    pub deleted_at: Option<Time>,
}

impl PatientRecord {
    /// Whether its account is known no more.
    pub fn is_parted(&self) -> bool {
        self.user_id.as_str().starts_with(PARTED)
    }
}

fn place(id: &str) -> Place<'_> {
    Place { table: "patient", column: "card", row: id }
}

pub(super) fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::UserId,
        Table::CreatedAt,
        Table::Card,
        Table::Consultations,
        Table::LastConsultationAt,
        Table::DeletedAt,
    ]);
    select.from(Table::Table);
    select
}

pub(super) fn read(key: &TenantKey, row: &Row) -> Result<PatientRecord, StoreError> {
    let id = row.text(Table::Id)?;
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "card".to_owned(), source };
    let card = key.open(place(&id), &row.bytes(Table::Card)?).map_err(|error| broken(error.into()))?;
    let last = row.number(Table::LastConsultationAt)?;
    Ok(PatientRecord {
        user_id: row.id(Table::UserId)?,
        created_at: row.time(Table::CreatedAt)?,
        card: serde_json::from_slice(&card).map_err(|error| broken(error.into()))?,
        consultations: row.number(Table::Consultations)?,
        last_consultation_at: (last > 0).then(|| Time::from_millis(last)),
        deleted_at: row.time_or_null(Table::DeletedAt)?,
        id: id.into(),
    })
}

/// The patient of that id.
pub async fn load(session: &mut Session, key: &TenantKey, id: &PatientId) -> Result<Option<PatientRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// The patient of an account.
pub(super) async fn load_by_user(
    session: &mut Session,
    key: &TenantKey,
    user_id: &UserId,
) -> Result<Option<PatientRecord>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::UserId).eq(user_id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// All patients, handed to `each` one by one.
pub async fn load_all(
    session: &mut Session,
    key: &TenantKey,
    mut each: impl FnMut(PatientRecord),
) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let mut select = select();
        select.and_where(Expr::col(Table::Id).gt(after.as_str())).order_by(Table::Id, Order::Asc).limit(BATCH);
        let rows = session.fetch_all(&select).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.text(Table::Id)?;
        for row in &rows {
            each(read(key, row)?);
        }
    }
}

/// Makes the record of an account, if there is none. Returns whether it was made.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &PatientRecord) -> Result<bool, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::UserId,
        Table::CreatedAt,
        Table::Card,
        Table::Consultations,
        Table::LastConsultationAt,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.user_id.as_str().into(),
        record.created_at.as_millis().into(),
        sealed_card(tenant, record).into(),
        0_i64.into(),
        0_i64.into(),
    ]);
    insert.on_conflict(OnConflict::column(Table::UserId).do_nothing().to_owned());
    Ok(writing.execute(&insert).await? == 1)
}

/// Writes a card with what it is looked up by. `Constraint`: another patient has its `external_id`.
pub(super) async fn store_card(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &PatientRecord,
) -> Result<(), StoreError> {
    let index =
        |column, text: &Option<String>| text.as_deref().map(|text| tenant.key.index(column, &text.to_lowercase()));
    let external = record.card.external_id.as_deref().map(|text| tenant.key.index("external id", text));
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Card, sealed_card(tenant, record).into()),
        (Table::ExternalIndex, external.into()),
        (Table::PhoneIndex, index("phone", &record.card.phone).into()),
        (Table::EmailIndex, index("email", &record.card.email).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Takes what is personal off a card, and with it everything that it was found by: the account is being deleted.
pub async fn empty_card(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &PatientRecord,
    at: Time,
) -> Result<(), StoreError> {
    store_card(writing, tenant, &PatientRecord { card: Card::default(), ..record.clone() }).await?;
    let mut update = Query::update();
    update.table(Table::Table).value(Table::DeletedAt, at.as_millis());
    writing.execute(update.and_where(Expr::col(Table::Id).eq(record.id.as_str()))).await.map(drop)
}

/// Parts a record from the account that it was of. Whoever comes with that account is somebody new.
pub async fn part_from_account(writing: &mut Writing, id: &PatientId) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::UserId, format!("{PARTED}{id}"));
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(drop)
}

fn sealed_card(tenant: &Tenant, record: &PatientRecord) -> Vec<u8> {
    let card = serde_json::to_vec(&record.card).expect("a card has only string keys");
    tenant.key.seal(&tenant.context, place(record.id.as_str()), &card)
}

/// Counts a consultation that begins: for its account, and for the card that shows it.
pub async fn count_consultation(writing: &mut Writing, id: &PatientId, now: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Consultations, Expr::col(Table::Consultations).add(1_i64));
    let is_card = Expr::col(Table::Id).in_subquery(merge::leading_of(id));
    update
        .value(Table::LastConsultationAt, now.as_millis())
        .and_where(Expr::col(Table::Id).eq(id.as_str()).or(is_card));
    writing.execute(&update).await.map(drop)
}
