//! Rows of keys.

use sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement};

use crate::api::types::ApiScope;
use crate::store::tables::ApiKey as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::time::Time;

/// A key, without what opens anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: String,
    /// What it is called; the audit log says `key:` and this.
    pub name: String,
    /// How it begins.
    pub beginning: String,
    /// What it may do.
    pub scopes: Vec<ApiScope>,
    /// When it was made.
    pub created_at: Time,
    /// When it ends by itself.
    pub expires_at: Option<Time>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<Time>,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

impl Key {
    /// Whether it opens anything now.
    pub fn is_good(&self, now: Time) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires| now < expires)
    }
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Name,
        Table::Beginning,
        Table::Scopes,
        Table::CreatedAt,
        Table::ExpiresAt,
        Table::LastUsedAt,
        Table::RevokedAt,
    ]);
    select.from(Table::Table).order_by(Table::Id, Order::Asc);
    select
}

fn read(row: &Row) -> Result<Key, StoreError> {
    let broken = |source| StoreError::Column { column: "scopes".to_owned(), source: Box::new(source) };
    let scopes: Vec<serde_json::Value> = serde_json::from_str(&row.text(Table::Scopes)?).map_err(broken)?;
    Ok(Key {
        id: row.text(Table::Id)?,
        name: row.text(Table::Name)?,
        beginning: row.text(Table::Beginning)?,
        // A scope that this program does not know any more opens nothing.
        scopes: scopes.into_iter().filter_map(|scope| serde_json::from_value(scope).ok()).collect(),
        created_at: row.time(Table::CreatedAt)?,
        expires_at: row.time_or_null(Table::ExpiresAt)?,
        last_used_at: row.time_or_null(Table::LastUsedAt)?,
        revoked_at: row.time_or_null(Table::RevokedAt)?,
    })
}

/// All keys, oldest first.
pub(super) async fn load_all(session: &mut Session) -> Result<Vec<Key>, StoreError> {
    session.fetch_all(&select()).await?.iter().map(read).collect()
}

/// The key of that id.
pub(super) async fn load(session: &mut Session, id: &str) -> Result<Option<Key>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id));
    session.fetch_one(&select).await?.map(|row| read(&row)).transpose()
}

/// The key of that hash.
pub(super) async fn by_hash(session: &mut Session, hash: &[u8]) -> Result<Option<Key>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Hash).eq(hash.to_vec()));
    session.fetch_one(&select).await?.map(|row| read(&row)).transpose()
}

/// How many keys are not revoked.
pub(super) async fn count(session: &mut Session) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    select.and_where(Expr::col(Table::RevokedAt).is_null());
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

/// Makes a key. `Constraint`: one in use has this name.
pub(super) async fn insert(writing: &mut Writing, key: &Key, hash: Vec<u8>) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Name,
        Table::Beginning,
        Table::Hash,
        Table::Scopes,
        Table::CreatedAt,
        Table::ExpiresAt,
    ]);
    insert.values_panic([
        key.id.as_str().into(),
        key.name.as_str().into(),
        key.beginning.as_str().into(),
        hash.into(),
        serde_json::to_string(&key.scopes).expect("a list of words is JSON").into(),
        key.created_at.as_millis().into(),
        key.expires_at.map(Time::as_millis).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Notes when a key was used.
pub(super) async fn used(writing: &mut Writing, id: &str, at: Time) -> Result<(), StoreError> {
    set(writing, id, Table::LastUsedAt, at).await
}

/// Revokes a key.
pub(super) async fn revoke(writing: &mut Writing, id: &str, at: Time) -> Result<(), StoreError> {
    set(writing, id, Table::RevokedAt, at).await
}

async fn set(writing: &mut Writing, id: &str, column: Table, at: Time) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(column, at.as_millis()).and_where(Expr::col(Table::Id).eq(id));
    writing.execute(&update).await.map(drop)
}
