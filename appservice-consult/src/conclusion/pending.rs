//! Rows of what waits for a signature that somebody else makes: frozen, so that it is what he read who pressed.

use sea_query::{Expr, ExprTrait, Order, Query};

use crate::ids::{ConsultationId, OperatorId};
use crate::store::tables::ConclusionSigning as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is asked for again at that time.
    Waiting {
        /// When.
        next_at: Time,
    },
    /// It was refused, with these words, and is asked for no more.
    Refused {
        /// Whatever was said.
        why: String,
    },
}

/// What is to be signed, and waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The consultation.
    pub consultation: ConsultationId,
    /// The same each time that it is asked for.
    pub request: String,
    /// Which version it becomes.
    pub version: i64,
    /// Which draft was read to be signed.
    pub draft_version: i64,
    /// When somebody pressed.
    pub asked_at: Time,
    /// Who.
    pub asked_by: OperatorId,
    /// SHA-256 of the content, hexadecimal.
    pub hash: String,
    /// The content's bytes.
    pub content: Vec<u8>,
    /// Why it replaces the version before.
    pub reason: Option<String>,
    /// How often it was asked for.
    pub attempts: i64,
    /// How it stands.
    pub standing: Standing,
}

impl Pending {
    /// When it is asked for again; `None`: it was refused.
    pub(super) fn next_at(&self) -> Option<Time> {
        match self.standing {
            Standing::Waiting { next_at } => Some(next_at),
            Standing::Refused { .. } => None,
        }
    }

    /// Whether that draft waits for its signature.
    pub(super) fn waits_for(&self, draft_version: i64) -> bool {
        self.draft_version == draft_version && self.next_at().is_some()
    }
}

fn place<'a>(column: &'static str, request: &'a str) -> Place<'a> {
    Place { table: "conclusion_signing", column, row: request }
}

fn opened(key: &TenantKey, column: &'static str, request: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let failed = |error| StoreError::Column { column: column.to_owned(), source: error };
    key.open(place(column, request), sealed).map_err(|error| failed(error.into()))
}

fn text(key: &TenantKey, column: &'static str, request: &str, sealed: &[u8]) -> Result<String, StoreError> {
    let failed = |error| StoreError::Column { column: column.to_owned(), source: error };
    String::from_utf8(opened(key, column, request, sealed)?).map_err(|error| failed(error.into()))
}

/// What waits of a consultation, or was refused.
pub(super) async fn load(
    session: &mut Session,
    key: &TenantKey,
    id: &ConsultationId,
) -> Result<Option<Pending>, StoreError> {
    let mut select = Query::select();
    select.columns([
        Table::ConsultationId,
        Table::RequestId,
        Table::Version,
        Table::DraftVersion,
        Table::AskedAt,
        Table::AskedBy,
        Table::Hash,
        Table::Content,
        Table::Reason,
        Table::Attempts,
        Table::NextAt,
        Table::Refusal,
    ]);
    select.from(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

fn read(key: &TenantKey, row: &Row) -> Result<Pending, StoreError> {
    let request = row.text(Table::RequestId)?;
    let sealed = |column: &'static str, bytes: Option<Vec<u8>>| {
        bytes.map(|bytes| text(key, column, &request, &bytes)).transpose()
    };
    let reason = sealed("reason", row.bytes_or_null(Table::Reason)?)?;
    let refusal = sealed("refusal", row.bytes_or_null(Table::Refusal)?)?;
    let standing = match row.time_or_null(Table::NextAt)? {
        Some(next_at) => Standing::Waiting { next_at },
        None => Standing::Refused { why: refusal.unwrap_or_default() },
    };
    Ok(Pending {
        consultation: row.id(Table::ConsultationId)?,
        version: row.number(Table::Version)?,
        draft_version: row.number(Table::DraftVersion)?,
        asked_at: row.time(Table::AskedAt)?,
        asked_by: row.id(Table::AskedBy)?,
        hash: row.text(Table::Hash)?,
        content: opened(key, "content", &request, &row.bytes(Table::Content)?)?,
        reason,
        attempts: row.number(Table::Attempts)?,
        standing,
        request,
    })
}

/// Whether something of a consultation waits: pressed, and not refused.
pub(super) async fn waits(session: &mut Session, id: &ConsultationId) -> Result<bool, StoreError> {
    let mut select = Query::select();
    select.column(Table::RequestId).from(Table::Table);
    select.and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    select.and_where(Expr::col(Table::NextAt).is_not_null());
    Ok(session.fetch_one(&select).await?.is_some())
}

/// Consultations of which something is to be asked for by now, the longest due first; at most so many.
pub(super) async fn due(session: &mut Session, now: Time, most: u64) -> Result<Vec<ConsultationId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::ConsultationId).from(Table::Table);
    select.and_where(Expr::col(Table::NextAt).lte(now.as_millis()));
    select.order_by(Table::NextAt, Order::Asc).limit(most);
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::ConsultationId)).collect()
}

/// Keeps what waits from now on, in the place of what was refused before.
pub(super) async fn put(writing: &mut Writing, tenant: &Tenant, pending: &Pending) -> Result<(), StoreError> {
    forget(writing, &pending.consultation).await?;
    let sealed = |column, bytes: &[u8]| tenant.key.seal(&tenant.context, place(column, &pending.request), bytes);
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::RequestId,
        Table::Version,
        Table::DraftVersion,
        Table::AskedAt,
        Table::AskedBy,
        Table::Hash,
        Table::Content,
        Table::Reason,
        Table::NextAt,
    ]);
    insert.values_panic([
        pending.consultation.as_str().into(),
        pending.request.as_str().into(),
        pending.version.into(),
        pending.draft_version.into(),
        pending.asked_at.as_millis().into(),
        pending.asked_by.as_str().into(),
        pending.hash.as_str().into(),
        sealed("content", &pending.content).into(),
        pending.reason.as_ref().map(|reason| sealed("reason", reason.as_bytes())).into(),
        pending.next_at().map(Time::as_millis).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Notes an attempt that came to nothing, and when the next one is; returns whether it waited still.
pub(super) async fn put_off(writing: &mut Writing, pending: &Pending, next_at: Time) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update
        .table(Table::Table)
        .values([(Table::Attempts, (pending.attempts + 1).into()), (Table::NextAt, next_at.as_millis().into())]);
    update.and_where(Expr::col(Table::RequestId).eq(pending.request.as_str()));
    update.and_where(Expr::col(Table::NextAt).is_not_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Notes a refusal; returns whether it waited still.
pub(super) async fn refuse(
    writing: &mut Writing,
    tenant: &Tenant,
    pending: &Pending,
    why: &str,
) -> Result<bool, StoreError> {
    let sealed = tenant.key.seal(&tenant.context, place("refusal", &pending.request), why.as_bytes());
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Attempts, (pending.attempts + 1).into()),
        (Table::NextAt, Option::<i64>::None.into()),
        (Table::Refusal, sealed.into()),
    ]);
    update.and_where(Expr::col(Table::RequestId).eq(pending.request.as_str()));
    update.and_where(Expr::col(Table::NextAt).is_not_null());
    Ok(writing.execute(&update).await? == 1)
}

/// Takes away what was asked for under that id; returns whether it waited still.
pub(super) async fn remove(writing: &mut Writing, request: &str) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::RequestId).eq(request));
    delete.and_where(Expr::col(Table::NextAt).is_not_null());
    Ok(writing.execute(&delete).await? == 1)
}

/// Takes away whatever waits of a consultation, or was refused; returns whether there was something.
pub(super) async fn forget(writing: &mut Writing, id: &ConsultationId) -> Result<bool, StoreError> {
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    Ok(writing.execute(&delete).await? == 1)
}
