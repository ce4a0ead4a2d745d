//! Rows of tags and of the consultations that have them.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use super::content::Content;
use crate::api::types::TagColor;
use crate::consultation::found::Named;
use crate::ids::{ConsultationId, OperatorId, TagId};
use crate::store::tables::{ConsultationTag, Tag as Table};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: TagId,
    /// Raised by each change.
    pub version: i64,
    /// What it is.
    pub content: Content,
    /// When it was put out of use.
    pub archived_at: Option<Time>,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorId,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::Names,
        Table::Color,
        Table::ArchivedAt,
        Table::ChangedAt,
        Table::ChangedBy,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let names = serde_json::from_str(&row.text(Table::Names)?)
        .map_err(|error| StoreError::Column { column: "names".to_owned(), source: error.into() })?;
    Ok(Record {
        id: row.id(Table::Id)?,
        version: row.number(Table::Version)?,
        content: Content { names, color: TagColor::from_word(&row.text(Table::Color)?)? },
        archived_at: row.time_or_null(Table::ArchivedAt)?,
        changed_at: row.time(Table::ChangedAt)?,
        changed_by: row.id(Table::ChangedBy)?,
    })
}

/// All tags, archived ones too, in the order they were made.
pub(super) async fn load_all(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    session.fetch_all(select.order_by(Table::Id, Order::Asc)).await?.iter().map(read).collect()
}

/// The tag of that id.
pub async fn load(session: &mut Session, id: &TagId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

fn names_json(record: &Record) -> String {
    serde_json::to_string(&record.content.names).expect("names are texts")
}

pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::Names,
        Table::Color,
        Table::ChangedAt,
        Table::ChangedBy,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        names_json(record).into(),
        record.content.color.word().into(),
        record.changed_at.as_millis().into(),
        record.changed_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes over the version before; returns whether it was there.
pub(super) async fn update(writing: &mut Writing, record: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, record.version.into()),
        (Table::Names, names_json(record).into()),
        (Table::Color, record.content.color.word().into()),
        (Table::ArchivedAt, record.archived_at.map(Time::as_millis).into()),
        (Table::ChangedAt, record.changed_at.as_millis().into()),
        (Table::ChangedBy, record.changed_by.as_str().into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// Tags of these consultations, by consultation, in the order they were put on.
pub async fn of_consultations(
    session: &mut Session,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, Vec<Record>>, StoreError> {
    let mut tags: HashMap<ConsultationId, Vec<Record>> = HashMap::new();
    if ids.is_empty() {
        return Ok(tags);
    }
    let mut put_on = Query::select();
    put_on.columns([ConsultationTag::ConsultationId, ConsultationTag::TagId]).from(ConsultationTag::Table);
    put_on.and_where(Expr::col(ConsultationTag::ConsultationId).is_in(ids.iter().copied()));
    put_on.order_by(ConsultationTag::At, Order::Asc).order_by(ConsultationTag::TagId, Order::Asc);
    let rows = session.fetch_all(&put_on).await?;
    if rows.is_empty() {
        return Ok(tags);
    }
    let known = load_all(session).await?;
    for row in rows {
        let id: TagId = row.id(ConsultationTag::TagId)?;
        let tag = known.iter().find(|tag| tag.id == id).cloned();
        tags.entry(row.id(ConsultationTag::ConsultationId)?).or_default().extend(tag);
    }
    Ok(tags)
}

/// The consultations that have a tag, as a part of a larger statement.
pub fn consultations_with(tag: &TagId) -> Named {
    let mut select = Query::select();
    select.column(ConsultationTag::ConsultationId).from(ConsultationTag::Table);
    select.and_where(Expr::col(ConsultationTag::TagId).eq(tag.as_str()));
    Named::by(select, Expr::col((ConsultationTag::Table, ConsultationTag::ConsultationId)))
}

/// How many tags a consultation has.
pub(super) async fn count_on(session: &mut Session, consultation: &ConsultationId) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(ConsultationTag::TagId))).from(ConsultationTag::Table);
    select.and_where(Expr::col(ConsultationTag::ConsultationId).eq(consultation.as_str()));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Whether a consultation has a tag.
pub(super) async fn is_on(
    session: &mut Session,
    consultation: &ConsultationId,
    tag: &TagId,
) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(ConsultationTag::TagId).from(ConsultationTag::Table);
    select.and_where(Expr::col(ConsultationTag::ConsultationId).eq(consultation.as_str()));
    select.and_where(Expr::col(ConsultationTag::TagId).eq(tag.as_str()));
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Puts a tag on a consultation that has it not.
pub(super) async fn put_on(
    writing: &mut Writing,
    consultation: &ConsultationId,
    tag: &TagId,
    by: &OperatorId,
    now: Time,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(ConsultationTag::Table).columns([
        ConsultationTag::ConsultationId,
        ConsultationTag::TagId,
        ConsultationTag::At,
        ConsultationTag::ById,
    ]);
    insert.values_panic([
        consultation.as_str().into(),
        tag.as_str().into(),
        now.as_millis().into(),
        by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Takes a tag off a consultation; returns whether it was there.
pub(super) async fn take_off(
    writing: &mut Writing,
    consultation: &ConsultationId,
    tag: &TagId,
) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ConsultationTag::Table);
    delete.and_where(Expr::col(ConsultationTag::ConsultationId).eq(consultation.as_str()));
    delete.and_where(Expr::col(ConsultationTag::TagId).eq(tag.as_str()));
    Ok(writing.execute(&delete).await? == 1)
}

/// Takes all tags off a consultation, as a part of its erasure; returns how many there were.
pub async fn erase_consultation(writing: &mut Writing, consultation: &ConsultationId) -> Result<u64, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(ConsultationTag::Table);
    delete.and_where(Expr::col(ConsultationTag::ConsultationId).eq(consultation.as_str()));
    writing.execute(&delete).await
}
