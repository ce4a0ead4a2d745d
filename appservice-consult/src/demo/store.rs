//! Rows of marked accounts and of removals.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};
use serde::{Deserialize, Serialize};

use crate::callback::STAGE_TAKEN;
use crate::ids::{CallbackId, ConsultationId, OperatorId, PatientId, UserId};
use crate::store::tables::{
    Callback, Consultation, Deletion, DemoAccount as Table, DemoRemoval, LegalHold, Participant,
};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A marked account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its user id.
    pub user: UserId,
    /// Its patient's record.
    pub patient: Option<PatientId>,
    /// When it ended.
    pub ended_at: Option<Time>,
}

/// What there is of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Consultations whose content is there.
    pub consultations: i64,
    /// Call-backs of which something personal is there.
    pub callbacks: i64,
}

/// What came of a removal. Persisted: fields are added, never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Accounts that ended.
    pub accounts: i64,
    /// Consultations whose content was erased.
    pub consultations: i64,
    /// Call-backs that were erased.
    pub callbacks: i64,
    /// Patients of whom a legal hold keeps something.
    pub held: i64,
}

/// A removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun_at: Time,
    /// By whom.
    pub by: OperatorId,
    /// How many accounts were to go.
    pub accounts: i64,
    /// When it was finished, and what came of it.
    pub finished: Option<(Time, Outcome)>,
}

fn select_accounts() -> SelectStatement {
    let mut select = Query::select();
    select.columns([Table::UserId, Table::PatientId, Table::EndedAt]).from(Table::Table);
    select.order_by(Table::UserId, Order::Asc);
    select
}

async fn accounts(session: &mut Session, select: &SelectStatement) -> Result<Vec<Account>, StoreError> {
    let read = |row: &Row| {
        Ok(Account {
            user: row.id(Table::UserId)?,
            patient: row.id_or_null(Table::PatientId)?,
            ended_at: row.time_or_null(Table::EndedAt)?,
        })
    };
    session.fetch_all(select).await?.iter().map(read).collect()
}

/// All that were ever marked.
pub async fn all(session: &mut Session) -> Result<Vec<Account>, StoreError> {
    accounts(session, &select_accounts()).await
}

/// Those that have not ended.
pub async fn active(session: &mut Session) -> Result<Vec<Account>, StoreError> {
    let mut select = select_accounts();
    select.and_where(Expr::col(Table::EndedAt).is_null());
    accounts(session, &select).await
}

/// Patients that were ever marked, for a condition of another table.
pub fn patients() -> SelectStatement {
    let mut select = Query::select();
    select.column(Table::PatientId).from(Table::Table).and_where(Expr::col(Table::PatientId).is_not_null());
    select
}

async fn count(session: &mut Session, select: &SelectStatement) -> Result<i64, StoreError> {
    session.fetch_one(select).await?.map_or(Ok(0), |row| row.first_number())
}

fn count_consultations(erased: bool) -> SelectStatement {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Consultation::Id))).from(Consultation::Table);
    select.and_where(Expr::col(Consultation::PatientId).in_subquery(patients()));
    let erased_at = Expr::col(Consultation::ErasedAt);
    select.and_where(if erased { erased_at.is_not_null() } else { erased_at.is_null() });
    select
}

fn count_callbacks(erased: bool) -> SelectStatement {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Callback::Id))).from(Callback::Table);
    select.and_where(Expr::col(Callback::PatientId).in_subquery(patients()));
    let erased_at = Expr::col(Callback::ErasedAt);
    select.and_where(if erased { erased_at.is_not_null() } else { erased_at.is_null() });
    select
}

/// What there is of them now.
pub async fn counts(session: &mut Session) -> Result<Counts, StoreError> {
    Ok(Counts {
        consultations: count(session, &count_consultations(false)).await?,
        callbacks: count(session, &count_callbacks(false)).await?,
    })
}

/// What has come of removing them.
pub(super) async fn outcome(session: &mut Session, accounts: i64) -> Result<Outcome, StoreError> {
    let mut held = Query::select();
    held.expr(Func::count_distinct(Expr::col(LegalHold::PatientId))).from(LegalHold::Table);
    held.and_where(Expr::col(LegalHold::PatientId).in_subquery(patients()));
    held.and_where(Expr::col(LegalHold::LiftedAt).is_null());
    Ok(Outcome {
        accounts,
        consultations: count(session, &count_consultations(true)).await?,
        callbacks: count(session, &count_callbacks(true)).await?,
        held: count(session, &held).await?,
    })
}

/// Whether the deletion of one of their accounts is still under way.
pub(super) async fn is_deleting(session: &mut Session) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Deletion::PatientId))).from(Deletion::Table);
    select.and_where(Expr::col(Deletion::PatientId).in_subquery(patients()));
    select.and_where(Expr::col(Deletion::FinishedAt).is_null());
    Ok(count(session, &select).await? > 0)
}

/// Notes that an account has ended.
pub(super) async fn note_ended(writing: &mut Writing, user: &UserId, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::EndedAt, at.as_millis());
    update.and_where(Expr::col(Table::UserId).eq(user.as_str())).and_where(Expr::col(Table::EndedAt).is_null());
    writing.execute(&update).await.map(drop)
}

fn select_removals() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        DemoRemoval::Id,
        DemoRemoval::BegunAt,
        DemoRemoval::ById,
        DemoRemoval::Accounts,
        DemoRemoval::FinishedAt,
        DemoRemoval::Result,
    ]);
    select.from(DemoRemoval::Table);
    select
}

fn read_removal(row: &Row) -> Result<Removal, StoreError> {
    let outcome = row.text_or_null(DemoRemoval::Result)?.map(|text| serde_json::from_str(&text)).transpose();
    let outcome =
        outcome.map_err(|error| StoreError::Column { column: "result".to_owned(), source: Box::new(error) })?;
    Ok(Removal {
        id: row.text(DemoRemoval::Id)?,
        begun_at: row.time(DemoRemoval::BegunAt)?,
        by: row.id(DemoRemoval::ById)?,
        accounts: row.number(DemoRemoval::Accounts)?,
        finished: row.time_or_null(DemoRemoval::FinishedAt)?.zip(outcome),
    })
}

/// The removal that was begun last.
pub async fn latest(session: &mut Session) -> Result<Option<Removal>, StoreError> {
    let mut select = select_removals();
    select.order_by(DemoRemoval::BegunAt, Order::Desc).order_by(DemoRemoval::Id, Order::Desc).limit(1);
    session.fetch_one(&select).await?.as_ref().map(read_removal).transpose()
}

/// The removal that is under way.
pub(super) async fn under_way(session: &mut Session) -> Result<Option<Removal>, StoreError> {
    let mut select = select_removals();
    select.and_where(Expr::col(DemoRemoval::FinishedAt).is_null());
    session.fetch_one(&select).await?.as_ref().map(read_removal).transpose()
}

/// Writes one that begins.
pub(super) async fn insert(writing: &mut Writing, removal: &Removal) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(DemoRemoval::Table).columns([
        DemoRemoval::Id,
        DemoRemoval::BegunAt,
        DemoRemoval::ById,
        DemoRemoval::Accounts,
    ]);
    insert.values_panic([
        removal.id.as_str().into(),
        removal.begun_at.as_millis().into(),
        removal.by.as_str().into(),
        removal.accounts.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes that one is finished. Returns whether it was not before.
pub(super) async fn finish(writing: &mut Writing, id: &str, at: Time, outcome: Outcome) -> Result<bool, StoreError> {
    let result = serde_json::to_string(&outcome).expect("an outcome has only string keys");
    let mut update = Query::update();
    update
        .table(DemoRemoval::Table)
        .values([(DemoRemoval::FinishedAt, at.as_millis().into()), (DemoRemoval::Result, result.into())]);
    update.and_where(Expr::col(DemoRemoval::Id).eq(id)).and_where(Expr::col(DemoRemoval::FinishedAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Consultations that an operator takes part in.
pub(super) async fn consultations_with(
    session: &mut Session,
    operator: &OperatorId,
) -> Result<Vec<ConsultationId>, StoreError> {
    let mut select = Query::select();
    select.distinct().column(Participant::ConsultationId).from(Participant::Table);
    select.and_where(Expr::col(Participant::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(Participant::LeftAt).is_null());
    session.fetch_all(&select).await?.iter().map(|row| row.id(Participant::ConsultationId)).collect()
}

/// Call-backs that an operator has in his hands.
pub(super) async fn callbacks_with(
    session: &mut Session,
    operator: &OperatorId,
) -> Result<Vec<CallbackId>, StoreError> {
    let mut select = Query::select();
    select.column(Callback::Id).from(Callback::Table);
    select.and_where(Expr::col(Callback::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(Callback::Stage).eq(STAGE_TAKEN));
    session.fetch_all(&select).await?.iter().map(|row| row.id(Callback::Id)).collect()
}
