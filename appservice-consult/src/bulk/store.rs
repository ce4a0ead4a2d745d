//! Rows of what a request did.

use sea_query::{Expr, ExprTrait, Query};

use super::act::Outcome;
use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::BulkRow as Table;
use crate::store::{Session, StoreError, Writing};
use crate::time::Time;

/// How long a request may be sent again. Unit: seconds.
const KEPT_SECONDS: i64 = 86_400;

/// A row of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept<'a> {
    pub(super) operator: &'a OperatorId,
    pub(super) request_id: &'a str,
    pub(super) consultation: &'a ConsultationId,
    pub(super) act: &'a str,
}

/// What the request did to it before, and with what outcome.
pub(super) async fn done(session: &mut Session, kept: &Kept<'_>) -> Result<Option<(String, Outcome)>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Act, Table::Changed]).from(Table::Table);
    select.and_where(Expr::col(Table::OperatorId).eq(kept.operator.as_str()));
    select.and_where(Expr::col(Table::RequestId).eq(kept.request_id));
    select.and_where(Expr::col(Table::ConsultationId).eq(kept.consultation.as_str()));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    let outcome = if row.number(Table::Changed)? == 1 { Outcome::Done } else { Outcome::Unchanged };
    Ok(Some((row.text(Table::Act)?, outcome)))
}

/// Writes down what was done, and sweeps what nobody asks for again.
pub(super) async fn keep(
    writing: &mut Writing,
    kept: &Kept<'_>,
    outcome: Outcome,
    now: Time,
) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table);
    delete.and_where(Expr::col(Table::At).lt(now.plus_seconds(-KEPT_SECONDS).as_millis()));
    writing.execute(&delete).await?;
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::OperatorId,
        Table::RequestId,
        Table::ConsultationId,
        Table::Act,
        Table::Changed,
        Table::At,
    ]);
    insert.values_panic([
        kept.operator.as_str().into(),
        kept.request_id.into(),
        kept.consultation.as_str().into(),
        kept.act.into(),
        i64::from(outcome == Outcome::Done).into(),
        now.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}
