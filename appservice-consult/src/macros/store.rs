//! Rows of macros, and of what ran.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::api::types::MacroContent;
use crate::ids::{ConsultationId, MacroId, OperatorId};
use crate::store::tables::{Macro as Table, MacroRun};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: MacroId,
    /// Raised by each change.
    pub version: i64,
    /// What it is.
    pub content: MacroContent,
    /// When it was put out of use.
    pub archived_at: Option<Time>,
    /// When it was changed last.
    pub changed_at: Time,
    /// By whom.
    pub changed_by: OperatorId,
}

/// One run of a macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub(super) operator: &'a OperatorId,
    pub(super) request_id: &'a str,
    pub(super) id: &'a MacroId,
    pub(super) version: i64,
    pub(super) consultation: &'a ConsultationId,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Table::Id, Table::Version, Table::Content, Table::ArchivedAt, Table::ChangedAt, Table::ChangedBy]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    let content = serde_json::from_str(&row.text(Table::Content)?)
        .map_err(|error| StoreError::Column { column: "content".to_owned(), source: error.into() })?;
    Ok(Record {
        id: row.id(Table::Id)?,
        version: row.number(Table::Version)?,
        content,
        archived_at: row.time_or_null(Table::ArchivedAt)?,
        changed_at: row.time(Table::ChangedAt)?,
        changed_by: row.id(Table::ChangedBy)?,
    })
}

/// All macros, archived ones too, in the order they were made.
pub(super) async fn load_all(session: &mut Session) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    session.fetch_all(select.order_by(Table::Id, Order::Asc)).await?.iter().map(read).collect()
}

/// The macro of that id.
pub async fn load(session: &mut Session, id: &MacroId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

fn content_json(record: &Record) -> String {
    serde_json::to_string(&record.content).expect("texts, ids and numbers can always be written")
}

/// Errors: `Constraint` where another has the shortcut.
pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::Shortcut,
        Table::Content,
        Table::ChangedAt,
        Table::ChangedBy,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.content.shortcut.as_str().into(),
        content_json(record).into(),
        record.changed_at.as_millis().into(),
        record.changed_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes over the version before; returns whether it was there. Errors: `Constraint` where another has the shortcut.
pub(super) async fn update(writing: &mut Writing, record: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, record.version.into()),
        (Table::Shortcut, record.content.shortcut.as_str().into()),
        (Table::Content, content_json(record).into()),
        (Table::ArchivedAt, record.archived_at.map(Time::as_millis).into()),
        (Table::ChangedAt, record.changed_at.as_millis().into()),
        (Table::ChangedBy, record.changed_by.as_str().into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// What ran for this request before: macro and consultation.
pub(super) async fn ran(
    session: &mut Session,
    operator: &OperatorId,
    request_id: &str,
) -> Result<Option<(MacroId, ConsultationId)>, StoreError> {
    let mut select = Query::select();
    select.columns([MacroRun::MacroId, MacroRun::ConsultationId]).from(MacroRun::Table);
    select.and_where(Expr::col(MacroRun::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(MacroRun::RequestId).eq(request_id));
    let row = session.fetch_one(&select).await?;
    row.map(|row| Ok((row.id(MacroRun::MacroId)?, row.id(MacroRun::ConsultationId)?))).transpose()
}

/// Writes a run down.
pub(super) async fn keep_run(writing: &mut Writing, run: &Run<'_>, now: Time) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(MacroRun::Table).columns([
        MacroRun::OperatorId,
        MacroRun::RequestId,
        MacroRun::MacroId,
        MacroRun::MacroVersion,
        MacroRun::ConsultationId,
        MacroRun::At,
    ]);
    insert.values_panic([
        run.operator.as_str().into(),
        run.request_id.into(),
        run.id.as_str().into(),
        run.version.into(),
        run.consultation.as_str().into(),
        now.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}
