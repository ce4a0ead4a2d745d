//! Rows of invitations, and of who was made by which request.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use crate::ids::{PatientId, UserId};
use crate::store::tables::{PatientInvitation as Table, PatientMade};
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// An invitation, without what opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub patient: PatientId,
    /// In which language he is greeted; `None`: as his device says.
    pub language: Option<String>,
    /// When it was made.
    pub made_at: Time,
    /// By whom: an account, or `key:` and the key's id.
    pub made_by: UserId,
    /// When it ends by itself.
    pub expires_at: Time,
    /// When he set his password by it.
    pub used_at: Option<Time>,
    /// When it was taken back, or a new one was made.
    pub ended_at: Option<Time>,
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::PatientId,
        Table::Language,
        Table::MadeAt,
        Table::MadeBy,
        Table::ExpiresAt,
        Table::UsedAt,
        Table::EndedAt,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        id: row.text(Table::Id)?,
        patient: row.id(Table::PatientId)?,
        language: row.text_or_null(Table::Language)?,
        made_at: row.time(Table::MadeAt)?,
        made_by: row.id(Table::MadeBy)?,
        expires_at: row.time(Table::ExpiresAt)?,
        used_at: row.time_or_null(Table::UsedAt)?,
        ended_at: row.time_or_null(Table::EndedAt)?,
    })
}

/// The invitation of these accounts that counts: one that has not been ended before one that has, then the latest.
pub(super) async fn latest(session: &mut Session, accounts: &[PatientId]) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::PatientId).is_in(accounts.iter().map(PatientId::as_str)));
    select.order_by_expr(Expr::col(Table::EndedAt).is_null(), Order::Desc);
    select.order_by(Table::MadeAt, Order::Desc).order_by(Table::Id, Order::Desc).limit(1);
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// The invitation of a link.
pub(super) async fn by_hash(session: &mut Session, hash: &[u8]) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::SecretHash).eq(hash.to_vec()));
    session.fetch_one(&select).await?.as_ref().map(read).transpose()
}

/// Writes a new one.
pub(super) async fn insert(writing: &mut Writing, record: &Record, hash: Vec<u8>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::PatientId,
        Table::SecretHash,
        Table::Language,
        Table::MadeAt,
        Table::MadeBy,
        Table::ExpiresAt,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.patient.as_str().into(),
        hash.into(),
        record.language.as_deref().into(),
        record.made_at.as_millis().into(),
        record.made_by.as_str().into(),
        record.expires_at.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Notes that it was used. Returns whether that was not so before, nor was it taken back.
pub(super) async fn note_used(writing: &mut Writing, id: &str, at: Time) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::UsedAt, at.as_millis()).and_where(Expr::col(Table::Id).eq(id));
    update.and_where(Expr::col(Table::UsedAt).is_null()).and_where(Expr::col(Table::EndedAt).is_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Ends what a patient has not used. Returns whether there was anything.
pub(super) async fn end_open(writing: &mut Writing, patient: &PatientId, at: Time) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::EndedAt, at.as_millis());
    update.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    update.and_where(Expr::col(Table::UsedAt).is_null()).and_where(Expr::col(Table::EndedAt).is_null());
    Ok(writing.execute(&update).await? > 0)
}

/// Ends it with the account, which is being deleted.
pub async fn end_with_account(writing: &mut Writing, patient: &PatientId, at: Time) -> Result<(), StoreError> {
    end_open(writing, patient, at).await.map(drop)
}

/// Whom a request made.
pub(super) async fn made_by_request(session: &mut Session, hash: &[u8]) -> Result<Option<PatientId>, StoreError> {
    let mut select = Query::select();
    select.column(PatientMade::PatientId).from(PatientMade::Table);
    select.and_where(Expr::col(PatientMade::RequestHash).eq(hash.to_vec()));
    session.fetch_one(&select).await?.map(|row| row.id(PatientMade::PatientId)).transpose()
}

/// Notes whom a request made.
pub(super) async fn note_made(
    writing: &mut Writing,
    hash: &[u8],
    patient: &PatientId,
    (at, by): (Time, &str),
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(PatientMade::Table).columns([
        PatientMade::RequestHash,
        PatientMade::PatientId,
        PatientMade::MadeAt,
        PatientMade::MadeBy,
    ]);
    insert.values_panic([hash.to_vec().into(), patient.as_str().into(), at.as_millis().into(), by.into()]);
    writing.execute(&insert).await.map(drop)
}
