//! Rows of keys.

use sea_query::{Expr, ExprTrait, Order, Query};

use super::registry::{Key, Used};
use crate::api::types::ApiScope;
use crate::ids::ApiKeyId;
use crate::store::tables::ApiKey as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;
use crate::words::Word;

fn read(row: &Row) -> Result<Key, StoreError> {
    let broken = |source| StoreError::Column { column: "scopes".to_owned(), source: Box::new(source) };
    let scopes: Vec<String> = serde_json::from_str(&row.text(Table::Scopes)?).map_err(broken)?;
    let used = row.time_or_null(Table::LastUsedAt)?.zip(row.text_or_null(Table::LastUsedFrom)?);
    Ok(Key {
        id: row.id(Table::Id)?,
        name: row.text(Table::Name)?,
        handle: row.text(Table::Handle)?,
        secret_hash: row.bytes(Table::SecretHash)?,
        // A scope that this program does not know any more opens nothing.
        scopes: scopes.iter().filter_map(|word| ApiScope::from_word(word).ok()).collect(),
        created_at: row.time(Table::CreatedAt)?,
        expires_at: row.time_or_null(Table::ExpiresAt)?,
        revoked_at: row.time_or_null(Table::RevokedAt)?,
        used: used.map(|(at, from)| Used { at, from }),
    })
}

/// All keys, those that were revoked too.
pub async fn load_all(session: &mut Session) -> Result<Vec<Key>, StoreError> {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Name,
        Table::Handle,
        Table::SecretHash,
        Table::Scopes,
        Table::CreatedAt,
        Table::ExpiresAt,
        Table::RevokedAt,
        Table::LastUsedAt,
        Table::LastUsedFrom,
    ]);
    select.from(Table::Table).order_by(Table::Id, Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

fn words(scopes: &[ApiScope]) -> String {
    serde_json::Value::from(scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>()).to_string()
}

/// Makes a row. `Constraint`: a key in use has this name.
pub(super) async fn insert(writing: &mut Writing, key: &Key) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Name,
        Table::Handle,
        Table::SecretHash,
        Table::Scopes,
        Table::CreatedAt,
        Table::ExpiresAt,
    ]);
    insert.values_panic([
        key.id.as_str().into(),
        key.name.as_str().into(),
        key.handle.as_str().into(),
        key.secret_hash.clone().into(),
        words(&key.scopes).into(),
        key.created_at.as_millis().into(),
        key.expires_at.map(Time::as_millis).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes what a supervisor decides. `Constraint`: another key in use has this name.
pub(super) async fn update(writing: &mut Writing, key: &Key) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Name, key.name.as_str().into()),
        (Table::Scopes, words(&key.scopes).into()),
        (Table::ExpiresAt, key.expires_at.map(Time::as_millis).into()),
        (Table::RevokedAt, key.revoked_at.map(Time::as_millis).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(key.id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Writes the last use.
pub(super) async fn used(writing: &mut Writing, id: &ApiKeyId, used: &Used) -> Result<(), StoreError> {
    let mut update = Query::update();
    update
        .table(Table::Table)
        .values([(Table::LastUsedAt, used.at.as_millis().into()), (Table::LastUsedFrom, used.from.as_str().into())]);
    update.and_where(Expr::col(Table::Id).eq(id.as_str()));
    writing.execute(&update).await.map(drop)
}
