//! Rows of answers that are kept for retries.

use sea_query::{Cond, Expr, ExprTrait, Query};

use crate::ids::ApiKeyId;
use crate::store::tables::ApiAnswer as Table;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// What is kept of a request.
pub(super) struct Kept {
    /// Keyed hash of path and body.
    pub request_hash: Vec<u8>,
    /// Under which it is opened.
    pub request_id: String,
    /// When it first came.
    pub at: Time,
    /// The answer; none yet: it is under way, or its answer was lost.
    pub body: Option<String>,
}

/// Name of a row, to which its answer is bound.
fn row_name(key: &ApiKeyId, retry_hash: &[u8]) -> String {
    format!("{key}/{}", hex::encode(retry_hash))
}

fn place(row: &str) -> Place<'_> {
    Place { table: "api_answer", column: "body", row }
}

fn of(key: &ApiKeyId, retry_hash: &[u8]) -> Cond {
    Cond::all().add(Expr::col(Table::KeyId).eq(key.as_str())).add(Expr::col(Table::RetryHash).eq(retry_hash.to_vec()))
}

/// What is kept under a name.
pub(super) async fn load(
    session: &mut Session,
    tenant_key: &TenantKey,
    key: &ApiKeyId,
    retry_hash: &[u8],
) -> Result<Option<Kept>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::RequestHash, Table::RequestId, Table::At, Table::Body]).from(Table::Table);
    select.cond_where(of(key, retry_hash));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "body".to_owned(), source };
    let name = row_name(key, retry_hash);
    let body = match row.bytes_or_null(Table::Body)? {
        Some(sealed) => {
            let opened = tenant_key.open(place(&name), &sealed).map_err(|error| broken(error.into()))?;
            Some(String::from_utf8(opened).map_err(|error| broken(error.into()))?)
        }
        None => None,
    };
    Ok(Some(Kept {
        request_hash: row.bytes(Table::RequestHash)?,
        request_id: row.text(Table::RequestId)?,
        at: row.time(Table::At)?,
        body,
    }))
}

/// Claims a name.
pub(super) async fn insert(
    writing: &mut Writing,
    key: &ApiKeyId,
    retry_hash: &[u8],
    kept: &Kept,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::KeyId,
        Table::RetryHash,
        Table::RequestHash,
        Table::RequestId,
        Table::At,
    ]);
    insert.values_panic([
        key.as_str().into(),
        retry_hash.to_vec().into(),
        kept.request_hash.clone().into(),
        kept.request_id.as_str().into(),
        kept.at.as_millis().into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes the answer.
pub(super) async fn answer(
    writing: &mut Writing,
    tenant: &Tenant,
    key: &ApiKeyId,
    retry_hash: &[u8],
    body: &str,
) -> Result<(), StoreError> {
    let name = row_name(key, retry_hash);
    let sealed = tenant.key.seal(&tenant.context, place(&name), body.as_bytes());
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Body, sealed).cond_where(of(key, retry_hash));
    writing.execute(&update).await.map(drop)
}

/// Frees a name.
pub(super) async fn remove(writing: &mut Writing, key: &ApiKeyId, retry_hash: &[u8]) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).cond_where(of(key, retry_hash));
    writing.execute(&delete).await.map(drop)
}

/// Forgets what came before a time.
pub(super) async fn remove_before(writing: &mut Writing, before: Time) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::At).lte(before.as_millis()));
    writing.execute(&delete).await.map(drop)
}
