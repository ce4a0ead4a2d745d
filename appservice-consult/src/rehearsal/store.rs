//! Rows of rehearsals.

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};

use crate::ids::{OperatorId, PatientId};
use crate::store::tables::{Rehearsal as Table, RehearsalSkip};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// What stands in the address that the phone opens.
    pub code: String,
    /// When it was begun.
    pub begun_at: Time,
    /// By whom.
    pub begun_by: OperatorId,
    /// When the phone showed the app.
    pub opened_at: Option<Time>,
    /// Who plays the patient, and since when.
    pub joined: Option<(PatientId, Time)>,
    /// When it was left, or another one begun.
    pub ended_at: Option<Time>,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Code,
        Table::BegunAt,
        Table::BegunBy,
        Table::OpenedAt,
        Table::JoinedAt,
        Table::PatientId,
        Table::EndedAt,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        id: row.text(Table::Id)?,
        code: row.text(Table::Code)?,
        begun_at: row.time(Table::BegunAt)?,
        begun_by: row.id(Table::BegunBy)?,
        opened_at: row.time_or_null(Table::OpenedAt)?,
        joined: row.id_or_null(Table::PatientId)?.zip(row.time_or_null(Table::JoinedAt)?),
        ended_at: row.time_or_null(Table::EndedAt)?,
    })
}

/// The rehearsal that was begun last.
pub async fn latest(session: &mut Session) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.order_by(Table::BegunAt, Order::Desc).order_by(Table::Id, Order::Desc).limit(1);
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Those in which somebody signed in, newest first, at most `limit`.
pub(super) async fn joined(session: &mut Session, limit: u64) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::PatientId).is_not_null());
    select.order_by(Table::BegunAt, Order::Desc).order_by(Table::Id, Order::Desc).limit(limit);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// The rehearsal with that code that has not ended.
pub(super) async fn open_with(session: &mut Session, code: &str) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Code).eq(code)).and_where(Expr::col(Table::EndedAt).is_null());
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Writes one that begins.
pub(super) async fn insert(writing: &mut Writing, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Id, Table::Code, Table::BegunAt, Table::BegunBy]);
    insert.values_panic([
        record.id.as_str().into(),
        record.code.as_str().into(),
        record.begun_at.as_millis().into(),
        record.begun_by.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Ends all that have not ended. Returns how many.
pub(super) async fn end_all(writing: &mut Writing, at: Time) -> Result<u64, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::EndedAt, at.as_millis());
    writing.execute(update.and_where(Expr::col(Table::EndedAt).is_null())).await
}

/// Notes that the phone showed the app. Returns whether it had not before.
pub(super) async fn note_opened(writing: &mut Writing, id: &str, at: Time) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::OpenedAt, at.as_millis());
    update.and_where(Expr::col(Table::Id).eq(id)).and_where(Expr::col(Table::OpenedAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Notes who plays the patient.
pub(super) async fn note_joined(
    writing: &mut Writing,
    id: &str,
    patient: &PatientId,
    at: Time,
) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(Table::Table)
        .values([(Table::PatientId, patient.as_str().into()), (Table::JoinedAt, at.as_millis().into())]);
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id))).await.map(drop)
}

/// Notes that a supervisor does not want to be met by it.
pub(super) async fn skip(writing: &mut Writing, operator: &OperatorId, at: Time) -> Result<bool, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(RehearsalSkip::Table).columns([RehearsalSkip::OperatorId, RehearsalSkip::At]);
    insert.values_panic([operator.as_str().into(), at.as_millis().into()]);
    insert.on_conflict(OnConflict::column(RehearsalSkip::OperatorId).do_nothing().to_owned());
    Ok(writing.execute(&insert).await? == 1)
}

/// Whether he said so.
pub(super) async fn has_skipped(session: &mut Session, operator: &OperatorId) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(RehearsalSkip::OperatorId).from(RehearsalSkip::Table);
    select.and_where(Expr::col(RehearsalSkip::OperatorId).eq(operator.as_str()));
    Ok(session.fetch_one(&select).await?.is_some())
}
