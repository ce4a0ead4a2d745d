//! Rows of deletions.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::receipt::Signed;
use crate::ids::{OperatorId, PatientId};
use crate::retention;
use crate::store::tables::Deletion as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::Place;
use crate::time::Time;

/// A deletion that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose.
    pub patient: PatientId,
    /// What was promised.
    pub signed: Signed,
    /// The supervisor who did it, and why; none: the patient himself.
    pub by: Option<(OperatorId, String)>,
    /// When the account ended at the homeserver.
    pub account_ended_at: Option<Time>,
    /// When everything was gone that may.
    pub finished_at: Option<Time>,
    /// Whether something stayed because of a legal hold.
    pub held: bool,
}

fn place(id: &str) -> Place<'_> {
    Place { table: "deletion", column: "reason", row: id }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::PatientId,
        Table::Receipt,
        Table::Signature,
        Table::OperatorId,
        Table::Reason,
        Table::AccountEndedAt,
        Table::FinishedAt,
        Table::Held,
    ]);
    select.from(Table::Table);
    select
}

fn read(tenant: &Tenant, row: &Row) -> Result<Record, StoreError> {
    let id = row.text(Table::PatientId)?;
    let text = row.text(Table::Receipt)?;
    let receipt = serde_json::from_str(&text);
    let receipt =
        receipt.map_err(|source| StoreError::Column { column: "receipt".to_owned(), source: Box::new(source) })?;
    let by = match (row.id_or_null(Table::OperatorId)?, row.bytes_or_null(Table::Reason)?) {
        (Some(operator), Some(sealed)) => Some((operator, retention::opened_reason(tenant, place(&id), &sealed)?)),
        _ => None,
    };
    Ok(Record {
        signed: Signed { receipt, text, signature: row.text(Table::Signature)? },
        by,
        account_ended_at: row.time_or_null(Table::AccountEndedAt)?,
        finished_at: row.time_or_null(Table::FinishedAt)?,
        held: row.number(Table::Held)? != 0,
        patient: id.into(),
    })
}

/// The deletion of a patient.
pub async fn load(session: &mut Session, tenant: &Tenant, id: &PatientId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::PatientId).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(tenant, &row)).transpose()
}

/// Patients of whom something stayed because of a hold, at most `limit` behind `after`.
pub(super) async fn held(session: &mut Session, after: &str, limit: u64) -> Result<Vec<PatientId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::PatientId).from(Table::Table).and_where(Expr::col(Table::Held).eq(1_i64));
    select.and_where(Expr::col(Table::FinishedAt).is_not_null());
    select.and_where(Expr::col(Table::PatientId).gt(after)).order_by(Table::PatientId, Order::Asc).limit(limit);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::PatientId)).collect()
}

/// Writes one that begins.
pub(super) async fn insert(
    writing: &mut Writing,
    tenant: &Tenant,
    signed: &Signed,
    by: Option<(&OperatorId, &str)>,
) -> Result<(), StoreError> {
    let id = signed.receipt.patient.as_str();
    let reason = by.map(|(_, reason)| retention::sealed_reason(tenant, place(id), reason));
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::PatientId,
        Table::Receipt,
        Table::Signature,
        Table::OperatorId,
        Table::Reason,
    ]);
    insert.values_panic([
        id.into(),
        signed.text.as_str().into(),
        signed.signature.as_str().into(),
        by.map(|(operator, _)| operator.as_str()).into(),
        reason.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Notes a time, unless one is noted.
pub(super) async fn note(writing: &mut Writing, id: &PatientId, column: Table, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(column, at.as_millis());
    update.and_where(Expr::col(Table::PatientId).eq(id.as_str())).and_where(Expr::col(column).is_null());
    writing.execute(&update).await.map(drop)
}

/// Notes whether something stays because of a hold.
pub(super) async fn note_held(writing: &mut Writing, id: &PatientId, held: bool) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Held, i64::from(held));
    writing.execute(update.and_where(Expr::col(Table::PatientId).eq(id.as_str()))).await.map(drop)
}
