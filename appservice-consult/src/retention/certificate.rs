//! What proves an erasure: its tombstone in the chain, the reason that the tombstone has a hash of, and what became of the files.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Query};

use super::erase::{SALT_BYTES, place};
use super::file::{self, Gone};
use super::{RetentionError, remains};
use crate::archive::{self, Stone};
use crate::consultation::{Record, record};
use crate::ids::ConsultationId;
use crate::store::tables::Erasure as Table;
use crate::store::{Row, Session, StoreError};
use crate::tenant::Tenant;

/// A reason with its salt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Salt of its hash.
    pub salt: Vec<u8>,
    /// What was said.
    pub text: String,
}

/// All that is known of an erasure.
#[derive(Debug)]
pub struct Certificate {
    /// The consultation.
    pub record: Record,
    /// The tombstone.
    pub stone: Stone,
    /// The reason; none: its time was over.
    pub reason: Option<Reason>,
    /// Files that go or have gone.
    pub files: Vec<Gone>,
    /// What is still there, in words.
    pub remains: Vec<String>,
}

/// The certificate of an erased consultation, in a language.
///
/// Errors: `NotFound` where it is not there or not erased; `Archive`, `Store`.
pub async fn certificate(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
    language: &str,
) -> Result<Certificate, RetentionError> {
    let record = record::load(session, id).await?.ok_or(RetentionError::NotFound)?;
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    let row = session.fetch_one(&select).await?.ok_or(RetentionError::NotFound)?;
    let stone = archive::stone(session, tenant, row.number(Table::Sequence)?).await?;
    let reason = reason(tenant, &row)?;
    let files = file::files(session, id).await?;
    Ok(Certificate { record, stone, reason, files, remains: remains::remains(language) })
}

fn select() -> sea_query::SelectStatement {
    let mut select = Query::select();
    select.columns([Table::ConsultationId, Table::Sequence, Table::Reason]).from(Table::Table);
    select
}

fn reason(tenant: &Tenant, row: &Row) -> Result<Option<Reason>, StoreError> {
    let Some(sealed) = row.bytes_or_null(Table::Reason)? else { return Ok(None) };
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| {
        let column = "reason".to_owned();
        StoreError::Column { column, source }
    };
    let id = row.text(Table::ConsultationId)?;
    let salted = tenant.key.open(place(&id), &sealed).map_err(|error| broken(error.into()))?;
    let (salt, text) = salted.split_at_checked(SALT_BYTES).ok_or_else(|| broken("it has no salt".into()))?;
    let text = String::from_utf8(text.to_vec()).map_err(|error| broken(error.into()))?;
    Ok(Some(Reason { salt: salt.to_vec(), text }))
}

/// The reason behind the tombstone at a place in the chain; none: none was given, or the tombstone is a call-back's.
pub async fn reason_of(session: &mut Session, tenant: &Tenant, sequence: i64) -> Result<Option<Reason>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Sequence).eq(sequence));
    session.fetch_one(&select).await?.map_or(Ok(None), |row| reason(tenant, &row))
}

/// By whom and why some consultations were erased. One that was not is not in it.
pub async fn reasons(
    session: &mut Session,
    tenant: &Tenant,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, (archive::Tombstone, Option<String>)>, RetentionError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    let mut found = HashMap::new();
    for row in session.fetch_all(&select).await? {
        let stone = archive::stone(session, tenant, row.number(Table::Sequence)?).await?;
        let why = reason(tenant, &row)?.map(|reason| reason.text);
        found.insert(row.id(Table::ConsultationId)?, (stone.tombstone, why));
    }
    Ok(found)
}
