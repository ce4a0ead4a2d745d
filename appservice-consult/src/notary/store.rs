//! Rows of the heads that a notary has taken.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::heads::{Head, Heads};
use crate::store::tables::HeadsSent as Table;
use crate::store::{Row, Session, StoreError, Writing};

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Sequence,
        Table::SentAt,
        Table::ArchiveSequence,
        Table::ArchiveHash,
        Table::AuditSequence,
        Table::AuditHash,
        Table::Signature,
    ]);
    select.from(Table::Table);
    select
}

fn read(tenant: &str, row: &Row) -> Result<Heads, StoreError> {
    let archive = Head { sequence: row.number(Table::ArchiveSequence)?, hash: row.text(Table::ArchiveHash)? };
    let audit = Head { sequence: row.number(Table::AuditSequence)?, hash: row.text(Table::AuditHash)? };
    let which = (row.number(Table::Sequence)?, row.time(Table::SentAt)?);
    Ok(Heads::kept(tenant, which, archive, audit, row.text(Table::Signature)?))
}

/// Those that were taken last; `None`: none ever were.
pub async fn last(session: &mut Session, tenant: &str) -> Result<Option<Heads>, StoreError> {
    let mut select = select();
    select.order_by(Table::Sequence, Order::Desc).limit(1);
    session.fetch_one(&select).await?.map(|row| read(tenant, &row)).transpose()
}

/// Those behind a place, in their order; at most so many.
pub(super) async fn after(
    session: &mut Session,
    tenant: &str,
    sequence: i64,
    most: u64,
) -> Result<Vec<Heads>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Sequence).gt(sequence)).order_by(Table::Sequence, Order::Asc).limit(most);
    session.fetch_all(&select).await?.iter().map(|row| read(tenant, row)).collect()
}

/// Keeps what was taken.
pub(super) async fn insert(writing: &mut Writing, heads: &Heads) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Sequence,
        Table::SentAt,
        Table::ArchiveSequence,
        Table::ArchiveHash,
        Table::AuditSequence,
        Table::AuditHash,
        Table::Signature,
    ]);
    insert.values_panic([
        heads.sequence.into(),
        heads.at.as_millis().into(),
        heads.archive.sequence.into(),
        heads.archive.hash.as_str().into(),
        heads.audit.sequence.into(),
        heads.audit.hash.as_str().into(),
        heads.signature.as_str().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}
