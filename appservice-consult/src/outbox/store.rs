//! Rows of the outbox.

use sea_query::{Expr, ExprTrait, Func, Order, Query};

use super::task::Task;
use crate::store::tables::Effect as Table;
use crate::store::{Session, StoreError, Writing, number};
use crate::time::Time;

/// Lanes looked at in one round.
const LANES: u64 = 256;

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) task: Task,
    pub(super) attempts: i64,
    pub(super) due_at: Time,
}

/// Appends a task to a lane. The worker is woken when the transaction commits.
pub async fn append(writing: &mut Writing, lane: &str, task: &Task, now: Time) -> Result<(), StoreError> {
    let id = number::next(writing, number::EFFECT).await?;
    let body = serde_json::to_string(task).expect("a task has only string keys");
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Id, Table::Lane, Table::Body, Table::Attempts, Table::DueAt]);
    insert.values_panic([id.into(), lane.into(), body.into(), 0_i64.into(), now.as_millis().into()]);
    writing.execute(&insert).await?;
    writing.touch_effects();
    Ok(())
}

/// Lanes with something to do, and when their first task is due.
pub(super) async fn lanes(session: &mut Session) -> Result<Vec<(String, Time)>, StoreError> {
    let mut firsts = Query::select();
    firsts.expr(Func::min(Expr::col(Table::Id))).from(Table::Table).and_where(Expr::col(Table::Failed).is_null());
    firsts.group_by_col(Table::Lane).limit(LANES);
    let mut select = Query::select();
    select.columns([Table::Lane, Table::DueAt]).from(Table::Table).and_where(Expr::col(Table::Id).in_subquery(firsts));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.text(Table::Lane)?, row.time(Table::DueAt)?))).collect()
}

/// The first `limit` tasks of a lane.
pub(super) async fn first(session: &mut Session, lane: &str, limit: u64) -> Result<Vec<Row>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Id, Table::Body, Table::Attempts, Table::DueAt]).from(Table::Table);
    select.and_where(Expr::col(Table::Lane).eq(lane)).and_where(Expr::col(Table::Failed).is_null());
    select.order_by(Table::Id, Order::Asc).limit(limit);
    let rows = session.fetch_all(&select).await?;
    let read = |row: &crate::store::Row| {
        let body = row.text(Table::Body)?;
        let task = serde_json::from_str(&body);
        Ok(Row {
            id: row.number(Table::Id)?,
            task: task.map_err(|source| StoreError::Column { column: "body".to_owned(), source: Box::new(source) })?,
            attempts: row.number(Table::Attempts)?,
            due_at: row.time(Table::DueAt)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Forgets what is done.
pub(super) async fn done(writing: &mut Writing, ids: &[i64]) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::Id).is_in(ids.iter().copied()));
    writing.execute(&delete).await.map(drop)
}

/// Tries again later.
pub(super) async fn put_off(writing: &mut Writing, id: i64, attempts: i64, due_at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Attempts, attempts).value(Table::DueAt, due_at.as_millis());
    update.and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}

/// Gives up, and keeps why.
pub(super) async fn give_up(writing: &mut Writing, id: i64, reason: &str) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Failed, reason).and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}

/// Whether nothing is left to do.
pub async fn is_empty(session: &mut Session) -> Result<bool, StoreError> {
    Ok(lanes(session).await?.is_empty())
}
