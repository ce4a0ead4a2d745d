//! Gap-free numbers, given inside the transaction that uses them: once a number is visible, every smaller one is.

use sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::tables::Counter;
use super::{Session, StoreError, Writing};

/// Counter of `change`.
pub const CHANGE: &str = "change";
/// Counter of `effect`.
pub const EFFECT: &str = "effect";
/// Counter of `audit`.
pub const AUDIT: &str = "audit";
/// Counter of `archive_record`.
pub const ARCHIVE: &str = "archive";
/// Counter of `message`.
pub const MESSAGE: &str = "message";
/// Counter of `webhook_event`.
pub const WEBHOOK_EVENT: &str = "webhook_event";

/// The register of conclusions.
pub const CONCLUSION: &str = "conclusion";

/// The next number of `name`, from 1. On a database with many writers its row is the lock that keeps commit order and number order the same.
pub async fn next(writing: &mut Writing, name: &str) -> Result<i64, StoreError> {
    let mut insert = Query::insert();
    insert
        .into_table(Counter::Table)
        .columns([Counter::Name, Counter::Value])
        .values_panic([name.into(), 1_i64.into()]);
    let plus_one = Expr::col((Counter::Table, Counter::Value)).add(1_i64);
    insert.on_conflict(OnConflict::column(Counter::Name).value(Counter::Value, plus_one).to_owned());
    insert.returning_col(Counter::Value);
    writing
        .fetch_one(&insert)
        .await?
        .ok_or_else(|| StoreError::Statement("a counter gave no number".into()))?
        .number(Counter::Value)
}

/// The last number given; 0 before the first.
pub async fn last(session: &mut Session, name: &str) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.column(Counter::Value).from(Counter::Table).and_where(Expr::col(Counter::Name).eq(name));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.number(Counter::Value))
}
