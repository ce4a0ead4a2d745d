//! Rows of kept files.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use crate::api::types::DeskFile;
use crate::ids::{DeskFileId, OperatorId};
use crate::store::tables::DeskFile as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant_key::Place;
use crate::time::Time;

/// A file, without what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) file: DeskFile,
    /// Since when nothing names it; none: something does.
    pub(super) unused_since: Option<Time>,
}

/// What a new row has besides.
#[derive(Debug)]
pub(super) struct New<'a> {
    pub(super) hash: Vec<u8>,
    pub(super) sealed: Vec<u8>,
    pub(super) at: Time,
    pub(super) by: &'a OperatorId,
}

/// Where a content is sealed for.
pub(super) fn place(id: &DeskFileId) -> Place<'_> {
    Place { table: "desk_file", column: "content", row: id.as_str() }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Table::Id, Table::Name, Table::MediaType, Table::SizeBytes, Table::UnusedSince]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<DeskFile, StoreError> {
    Ok(DeskFile {
        id: row.id(Table::Id)?,
        name: row.text(Table::Name)?,
        media_type: row.text(Table::MediaType)?,
        size_bytes: row.number(Table::SizeBytes)?,
    })
}

/// All of them, in the order they were kept.
pub(super) async fn load_all(session: &mut Session) -> Result<Vec<Kept>, StoreError> {
    let mut select = select();
    let rows = session.fetch_all(select.order_by(Table::Id, Order::Asc)).await?;
    rows.iter().map(|row| Ok(Kept { file: read(row)?, unused_since: row.time_or_null(Table::UnusedSince)? })).collect()
}

/// The file of that id, with what stands in it, sealed.
pub(super) async fn content(session: &mut Session, id: &DeskFileId) -> Result<Option<(DeskFile, Vec<u8>)>, StoreError> {
    let mut select = select();
    select.column(Table::Content).and_where(Expr::col(Table::Id).eq(id.as_str()));
    let row = session.fetch_one(&select).await?;
    row.map(|row| Ok((read(&row)?, row.bytes(Table::Content)?))).transpose()
}

/// How much is kept of what he brought. Unit: bytes.
pub(super) async fn bytes_of(session: &mut Session, by: &OperatorId) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::sum(Expr::col(Table::SizeBytes))).from(Table::Table);
    select.and_where(Expr::col(Table::KeptBy).eq(by.as_str()));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// The one in which the same stands, under the same name.
pub(super) async fn find(session: &mut Session, hash: &[u8], name: &str) -> Result<Option<DeskFile>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ContentHash).eq(hash.to_vec())).and_where(Expr::col(Table::Name).eq(name));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Writes a new one, which nothing names yet.
pub(super) async fn insert(writing: &mut Writing, file: &DeskFile, new: New<'_>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Name,
        Table::MediaType,
        Table::SizeBytes,
        Table::ContentHash,
        Table::Content,
        Table::KeptAt,
        Table::KeptBy,
        Table::UnusedSince,
    ]);
    insert.values_panic([
        file.id.as_str().into(),
        file.name.as_str().into(),
        file.media_type.as_str().into(),
        file.size_bytes.into(),
        new.hash.into(),
        new.sealed.into(),
        new.at.as_millis().into(),
        new.by.as_str().into(),
        new.at.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Since when nothing names it.
pub(super) async fn set_unused(writing: &mut Writing, id: &DeskFileId, since: Option<Time>) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::UnusedSince, since.map(Time::as_millis));
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await.map(drop)
}

/// Those that nothing has named since before then are gone.
pub(super) async fn remove_unused_before(writing: &mut Writing, then: Time) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::UnusedSince).lt(then.as_millis()));
    writing.execute(&delete).await.map(drop)
}
