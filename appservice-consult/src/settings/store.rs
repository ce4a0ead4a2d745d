//! Rows of changed settings. They are added and never written over.

use consilium_config::brand::Section;
use sea_query::{Alias, Expr, ExprTrait, IntoIden, JoinType, Order, Query, SelectStatement};
use serde_json::Value;

use crate::ids::OperatorId;
use crate::store::tables::Setting as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A version of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The section's name.
    pub section: String,
    /// From 1, without gaps.
    pub version: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorId,
    /// The whole section; `None`: it was removed.
    pub content: Option<Value>,
    /// What the brand folder said then.
    pub folder: Option<Value>,
    /// The version whose content it has again.
    pub restores: Option<i64>,
    /// Why.
    pub note: Option<String>,
}

const COLUMNS: [Table; 8] = [
    Table::Section,
    Table::Version,
    Table::At,
    Table::ById,
    Table::Content,
    Table::Folder,
    Table::Restores,
    Table::Note,
];

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns(COLUMNS.map(|column| (Table::Table, column))).from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Version, StoreError> {
    Ok(Version {
        section: row.text(Table::Section)?,
        version: row.number(Table::Version)?,
        at: row.time(Table::At)?,
        by: row.id(Table::ById)?,
        content: document(row, Table::Content)?,
        folder: document(row, Table::Folder)?,
        restores: row.number_or_null(Table::Restores)?,
        note: row.text_or_null(Table::Note)?,
    })
}

fn document(row: &Row, column: Table) -> Result<Option<Value>, StoreError> {
    let text = row.text_or_null(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| StoreError::Column { column: "setting".to_owned(), source: error.into() })
}

/// The newest version of each section that was changed.
pub async fn newest(session: &mut Session) -> Result<Vec<Version>, StoreError> {
    let newer = Alias::new("newer").into_iden();
    let mut select = select();
    let follows = Expr::col((newer.clone(), Table::Section))
        .equals((Table::Table, Table::Section))
        .and(Expr::col((newer.clone(), Table::Version)).eq(Expr::col((Table::Table, Table::Version)).add(1_i64)));
    select.join_as(JoinType::LeftJoin, Table::Table, newer.clone(), follows);
    select.and_where(Expr::col((newer, Table::Version)).is_null());
    select.order_by((Table::Table, Table::Section), Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The newest version of a section.
pub async fn newest_of(session: &mut Session, section: &Section) -> Result<Option<Version>, StoreError> {
    Ok(history(session, section, None, 1).await?.pop())
}

/// A version of a section.
pub async fn version(session: &mut Session, section: &Section, version: i64) -> Result<Option<Version>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Section)).eq(section.to_string()));
    select.and_where(Expr::col((Table::Table, Table::Version)).eq(version));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Versions of a section older than `before`, newest first, at most `limit`.
pub async fn history(
    session: &mut Session,
    section: &Section,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Version>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col((Table::Table, Table::Section)).eq(section.to_string()));
    if let Some(before) = before {
        select.and_where(Expr::col((Table::Table, Table::Version)).lt(before));
    }
    select.order_by((Table::Table, Table::Version), Order::Desc).limit(limit);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Adds a version.
pub(super) async fn insert(writing: &mut Writing, version: &Version) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns(COLUMNS);
    insert.values_panic([
        version.section.as_str().into(),
        version.version.into(),
        version.at.as_millis().into(),
        version.by.as_str().into(),
        version.content.as_ref().map(Value::to_string).into(),
        version.folder.as_ref().map(Value::to_string).into(),
        version.restores.into(),
        version.note.clone().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}
