//! Rows of views, and of the order in which members of staff have them.

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};

use super::content::Content;
use crate::api::types::{SavedViewSection, SavedViewSharing};
use crate::ids::{OperatorId, SavedViewId};
use crate::store::tables::{SavedView as Table, SavedViewOrder};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;
use crate::words::Word;

/// A view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: SavedViewId,
    /// Raised by each change.
    pub version: i64,
    /// Whose it is.
    pub owner: OperatorId,
    /// Which list.
    pub section: SavedViewSection,
    /// What it is.
    pub content: Content,
    /// Who else sees it.
    pub sharing: SavedViewSharing,
    /// When it was made.
    pub created_at: Time,
    /// When it was changed last.
    pub changed_at: Time,
    /// When it was removed.
    pub removed_at: Option<Time>,
}

impl Record {
    /// Whether anybody else may see it.
    pub fn is_shared(&self) -> bool {
        self.sharing != SavedViewSharing::Nobody
    }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::OwnerId,
        Table::Section,
        Table::Content,
        Table::Sharing,
        Table::CreatedAt,
        Table::ChangedAt,
        Table::RemovedAt,
    ]);
    select.from(Table::Table);
    select
}

fn broken(column: &str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Column { column: column.to_owned(), source: source.into() }
}

fn place(id: &str) -> Place<'_> {
    Place { table: "saved_view", column: "content", row: id }
}

fn read(key: &TenantKey, row: &Row) -> Result<Record, StoreError> {
    let id = row.text(Table::Id)?;
    let content = key.open(place(&id), &row.bytes(Table::Content)?).map_err(|error| broken("content", error))?;
    Ok(Record {
        version: row.number(Table::Version)?,
        owner: row.id(Table::OwnerId)?,
        section: SavedViewSection::from_word(&row.text(Table::Section)?)?,
        content: serde_json::from_slice(&content).map_err(|error| broken("content", error))?,
        sharing: serde_json::from_str(&row.text(Table::Sharing)?).map_err(|error| broken("sharing", error))?,
        created_at: row.time(Table::CreatedAt)?,
        changed_at: row.time(Table::ChangedAt)?,
        removed_at: row.time_or_null(Table::RemovedAt)?,
        id: id.into(),
    })
}

/// The view of that id, a removed one too.
pub(super) async fn load(
    session: &mut Session,
    key: &TenantKey,
    id: &SavedViewId,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(|row| read(key, row)).transpose()
}

/// What an operator has himself and what anybody shares, in the order they were made; without those that were removed.
pub(super) async fn around(
    session: &mut Session,
    key: &TenantKey,
    operator: &OperatorId,
) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::RemovedAt).is_null());
    select.and_where(Expr::col(Table::OwnerId).eq(operator.as_str()).or(Expr::col(Table::IsShared).eq(1_i64)));
    select.order_by(Table::Id, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| read(key, row)).collect()
}

fn sealed(tenant: &Tenant, record: &Record) -> Vec<u8> {
    let content = serde_json::to_vec(&record.content).expect("a view is texts");
    tenant.key.seal(&tenant.context, place(record.id.as_str()), &content)
}

fn sharing_json(record: &Record) -> String {
    serde_json::to_string(&record.sharing).expect("ids can always be written")
}

/// Writes a new one.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::OwnerId,
        Table::Section,
        Table::Content,
        Table::Sharing,
        Table::IsShared,
        Table::CreatedAt,
        Table::ChangedAt,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.owner.as_str().into(),
        record.section.word().into(),
        sealed(tenant, record).into(),
        sharing_json(record).into(),
        i64::from(record.is_shared()).into(),
        record.created_at.as_millis().into(),
        record.changed_at.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes over the version before; returns whether it was there.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, record.version.into()),
        (Table::Section, record.section.word().into()),
        (Table::Content, sealed(tenant, record).into()),
        (Table::Sharing, sharing_json(record).into()),
        (Table::IsShared, i64::from(record.is_shared()).into()),
        (Table::ChangedAt, record.changed_at.as_millis().into()),
        (Table::RemovedAt, record.removed_at.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// Forgets what was removed before.
pub(super) async fn forget_removed(writing: &mut Writing, before: Time) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::RemovedAt).lt(before.as_millis()));
    writing.execute(&delete).await.map(drop)
}

/// In which order an operator has them; empty: in none of his own.
pub(super) async fn order_of(session: &mut Session, operator: &OperatorId) -> Result<Vec<SavedViewId>, StoreError> {
    let mut select = Query::select();
    select.column(SavedViewOrder::ViewIds).from(SavedViewOrder::Table);
    select.and_where(Expr::col(SavedViewOrder::OperatorId).eq(operator.as_str()));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&row.text(SavedViewOrder::ViewIds)?).map_err(|error| broken("view_ids", error))
}

/// Keeps an operator's order.
pub(super) async fn put_order(
    writing: &mut Writing,
    operator: &OperatorId,
    ids: &[SavedViewId],
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(SavedViewOrder::Table).columns([SavedViewOrder::OperatorId, SavedViewOrder::ViewIds]);
    let json = serde_json::to_string(ids).expect("ids can always be written");
    insert.values_panic([operator.as_str().into(), json.into()]);
    let known = OnConflict::column(SavedViewOrder::OperatorId).update_column(SavedViewOrder::ViewIds).to_owned();
    insert.on_conflict(known);
    writing.execute(&insert).await.map(drop)
}
