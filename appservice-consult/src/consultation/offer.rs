//! Rows that routing asks by.

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::{Operator, PassedOffer as Table};
use crate::store::{StoreError, Writing};
use crate::time::Time;

/// An operator was given something.
pub(super) async fn given(writing: &mut Writing, operator: &OperatorId, now: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Operator::Table).value(Operator::GivenAt, now.as_millis());
    update.and_where(Expr::col(Operator::Id).eq(operator.as_str()));
    writing.execute(&update).await.map(drop)
}

/// An operator left what was offered to others.
pub(super) async fn passed(
    writing: &mut Writing,
    consultation: &ConsultationId,
    operator: &OperatorId,
    now: Time,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::ConsultationId, Table::OperatorId, Table::At]);
    insert.values_panic([consultation.as_str().into(), operator.as_str().into(), now.as_millis().into()]);
    let key = [Table::ConsultationId, Table::OperatorId];
    insert.on_conflict(OnConflict::columns(key).update_column(Table::At).to_owned());
    writing.execute(&insert).await.map(drop)
}

/// It does not wait any more.
pub(super) async fn forget(writing: &mut Writing, consultation: &ConsultationId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(consultation.as_str()));
    writing.execute(&delete).await.map(drop)
}
