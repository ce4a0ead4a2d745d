//! Rows of conclusions and of their versions.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query, SelectStatement};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::pending;
use crate::actor::Actor;
use crate::api::types::SectionText;
use crate::audit;
use crate::ids::{ConsultationId, OperatorId, PatientId};
use crate::store::tables::{
    Conclusion as Table, ConclusionSigning as Signing, ConclusionVersion as Version, Consultation,
};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// What is being written. Persisted: fields are added, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The document's language.
    pub language: String,
    /// Its sections.
    pub sections: Vec<SectionText>,
}

/// A consultation's conclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The consultation.
    pub consultation: ConsultationId,
    /// Whose.
    pub patient: PatientId,
    /// Its number in the register; given when it is to be signed first.
    pub number: Option<i64>,
    /// The last version that was signed; 0: none.
    pub signed_version: i64,
    /// When.
    pub signed_at: Option<Time>,
    /// Raised by each saving and each signature.
    pub draft_version: i64,
    /// Who saved or signed last.
    pub draft_by: OperatorId,
    /// When.
    pub draft_at: Time,
    /// What is written and not signed.
    pub draft: Option<Written>,
}

/// A signed version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// From 1.
    pub version: i64,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: OperatorId,
    /// How.
    pub method: String,
    /// What the provider of the signature gave.
    pub signature: Vec<u8>,
    /// SHA-256 of the content, hexadecimal.
    pub hash: String,
    /// The content's bytes.
    pub content: Vec<u8>,
    /// Why it replaced the one before.
    pub reason: Option<String>,
}

fn draft_place(row: &str) -> Place<'_> {
    Place { table: "conclusion", column: "draft", row }
}

fn place<'a>(column: &'static str, row: &'a str) -> Place<'a> {
    Place { table: "conclusion_version", column, row }
}

fn opened(key: &TenantKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let column = place.column.to_owned();
    key.open(place, sealed).map_err(|error| StoreError::Column { column, source: error.into() })
}

fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::ConsultationId,
        Table::PatientId,
        Table::Number,
        Table::SignedVersion,
        Table::SignedAt,
        Table::DraftVersion,
        Table::DraftBy,
        Table::DraftAt,
    ]);
    select.from(Table::Table);
    select
}

fn read(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        consultation: row.id(Table::ConsultationId)?,
        patient: row.id(Table::PatientId)?,
        number: row.number_or_null(Table::Number)?,
        signed_version: row.number(Table::SignedVersion)?,
        signed_at: row.time_or_null(Table::SignedAt)?,
        draft_version: row.number(Table::DraftVersion)?,
        draft_by: row.id(Table::DraftBy)?,
        draft_at: row.time(Table::DraftAt)?,
        draft: None,
    })
}

/// The conclusion of a consultation, with what is being written.
pub async fn load(session: &mut Session, key: &TenantKey, id: &ConsultationId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.column(Table::Draft).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    let Some(row) = session.fetch_one(&select).await? else { return Ok(None) };
    let mut record = read(&row)?;
    if let Some(sealed) = row.bytes_or_null(Table::Draft)? {
        let bytes = opened(key, draft_place(id.as_str()), &sealed)?;
        let written = serde_json::from_slice(&bytes)
            .map_err(|error| StoreError::Column { column: "draft".to_owned(), source: error.into() })?;
        record.draft = Some(written);
    }
    Ok(Some(record))
}

/// The conclusions of these consultations, without what is being written.
pub async fn of_consultations(
    session: &mut Session,
    ids: &[&str],
) -> Result<HashMap<ConsultationId, Record>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).is_in(ids.iter().copied()));
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| read(row).map(|record| (record.consultation.clone(), record))).collect()
}

/// Who signed the last version of the conclusion of each of these consultations.
pub async fn signers(session: &mut Session, ids: &[&str]) -> Result<HashMap<ConsultationId, OperatorId>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns([Version::ConsultationId, Version::SignedBy]).from(Version::Table);
    select.and_where(Expr::col(Version::ConsultationId).is_in(ids.iter().copied()));
    // Of several versions the last one stays.
    select.order_by(Version::Version, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Version::ConsultationId)?, row.id(Version::SignedBy)?))).collect()
}

fn sealed_draft(tenant: &Tenant, record: &Record) -> Option<Vec<u8>> {
    let bytes = serde_json::to_vec(record.draft.as_ref()?).expect("a draft has only string keys");
    Some(tenant.key.seal(&tenant.context, draft_place(record.consultation.as_str()), &bytes))
}

/// Writes a consultation's first draft. Returns whether there was none.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<bool, StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::ConsultationId,
        Table::PatientId,
        Table::DraftVersion,
        Table::DraftBy,
        Table::DraftAt,
        Table::Draft,
    ]);
    insert.values_panic([
        record.consultation.as_str().into(),
        record.patient.as_str().into(),
        record.draft_version.into(),
        record.draft_by.as_str().into(),
        record.draft_at.as_millis().into(),
        sealed_draft(tenant, record).into(),
    ]);
    let known = OnConflict::column(Table::ConsultationId).do_nothing().to_owned();
    Ok(writing.execute(insert.on_conflict(known)).await? == 1)
}

/// Writes a conclusion over its version before. Returns whether that was there still.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, after: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::SignedVersion, after.signed_version.into()),
        (Table::SignedAt, after.signed_at.map(Time::as_millis).into()),
        (Table::DraftVersion, after.draft_version.into()),
        (Table::DraftBy, after.draft_by.as_str().into()),
        (Table::DraftAt, after.draft_at.as_millis().into()),
        (Table::Draft, sealed_draft(tenant, after).into()),
    ]);
    update.and_where(Expr::col(Table::ConsultationId).eq(after.consultation.as_str()));
    update.and_where(Expr::col(Table::DraftVersion).eq(after.draft_version - 1));
    if writing.execute(&update).await? != 1 {
        return Ok(false);
    }
    if after.signed_version > 0 {
        mark_concluded(writing, Expr::col(Consultation::Id).eq(after.consultation.as_str()), true).await?;
    }
    Ok(true)
}

/// Says on the consultations' own rows whether their conclusion is signed: lists are found by it.
async fn mark_concluded(writing: &mut Writing, which: Expr, is_signed: bool) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Consultation::Table).value(Consultation::Concluded, i64::from(is_signed)).and_where(which);
    update.and_where(Expr::col(Consultation::Concluded).ne(i64::from(is_signed)));
    writing.execute(&update).await.map(drop)
}

/// Gives a conclusion its number.
pub(super) async fn set_number(writing: &mut Writing, id: &ConsultationId, number: i64) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).value(Table::Number, number);
    update.and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    writing.execute(&update).await.map(drop)
}

/// Keeps a signed version.
pub(super) async fn insert_version(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    signed: &Signed,
) -> Result<(), StoreError> {
    let row = format!("{id}/{}", signed.version);
    let sealed = |column, bytes: &[u8]| tenant.key.seal(&tenant.context, place(column, &row), bytes);
    let mut insert = Query::insert();
    insert.into_table(Version::Table).columns([
        Version::ConsultationId,
        Version::Version,
        Version::SignedAt,
        Version::SignedBy,
        Version::Method,
        Version::Signature,
        Version::Hash,
        Version::Content,
        Version::Reason,
    ]);
    insert.values_panic([
        id.as_str().into(),
        signed.version.into(),
        signed.at.as_millis().into(),
        signed.by.as_str().into(),
        signed.method.as_str().into(),
        signed.signature.clone().into(),
        signed.hash.as_str().into(),
        sealed("content", &signed.content).into(),
        signed.reason.as_ref().map(|reason| sealed("reason", reason.as_bytes())).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

fn select_versions(id: &ConsultationId) -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Version::Version,
        Version::SignedAt,
        Version::SignedBy,
        Version::Method,
        Version::Signature,
        Version::Hash,
        Version::Content,
        Version::Reason,
    ]);
    select.from(Version::Table).and_where(Expr::col(Version::ConsultationId).eq(id.as_str()));
    select
}

fn read_version(key: &TenantKey, id: &ConsultationId, row: &Row) -> Result<Signed, StoreError> {
    let version = row.number(Version::Version)?;
    let at_row = format!("{id}/{version}");
    let reason = row.bytes_or_null(Version::Reason)?.map(|sealed| opened(key, place("reason", &at_row), &sealed));
    let reason = reason.transpose()?.map(String::from_utf8).transpose();
    Ok(Signed {
        version,
        at: row.time(Version::SignedAt)?,
        by: row.id(Version::SignedBy)?,
        method: row.text(Version::Method)?,
        signature: row.bytes(Version::Signature)?,
        hash: row.text(Version::Hash)?,
        content: opened(key, place("content", &at_row), &row.bytes(Version::Content)?)?,
        reason: reason.map_err(|error| StoreError::Column { column: "reason".to_owned(), source: error.into() })?,
    })
}

/// Signed versions, newest first.
pub(super) async fn versions(
    session: &mut Session,
    key: &TenantKey,
    id: &ConsultationId,
) -> Result<Vec<Signed>, StoreError> {
    let mut select = select_versions(id);
    select.order_by(Version::Version, Order::Desc);
    session.fetch_all(&select).await?.iter().map(|row| read_version(key, id, row)).collect()
}

/// Signed versions that no archive record has yet, oldest first.
pub(super) async fn versions_not_sealed(
    session: &mut Session,
    key: &TenantKey,
    id: &ConsultationId,
) -> Result<Vec<Signed>, StoreError> {
    let mut select = select_versions(id);
    select.and_where(Expr::col(Version::SealedSequence).is_null()).order_by(Version::Version, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| read_version(key, id, row)).collect()
}

/// Notes the archive record that has the versions which none had.
pub(super) async fn set_sealed(writing: &mut Writing, id: &ConsultationId, sequence: i64) -> Result<(), StoreError> {
    let mut update = Query::update();
    update.table(Version::Table).value(Version::SealedSequence, sequence);
    update.and_where(Expr::col(Version::ConsultationId).eq(id.as_str()));
    update.and_where(Expr::col(Version::SealedSequence).is_null());
    writing.execute(&update).await.map(drop)
}

/// Takes every conclusion of a patient out of the tables, drafts, versions and what waits for a signature, as a part of his erasure; returns how many there were. Those in the archive go
/// with the keys of its records.
pub async fn erase_patient(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    actor: &Actor,
) -> Result<u64, StoreError> {
    let mut of_patient = Query::select();
    of_patient.column(Table::ConsultationId).from(Table::Table);
    of_patient.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    let mut waiting = Query::delete();
    waiting.from_table(Signing::Table).and_where(Expr::col(Signing::ConsultationId).in_subquery(of_patient.clone()));
    writing.execute(&waiting).await?;
    let mut versions = Query::delete();
    versions.from_table(Version::Table).and_where(Expr::col(Version::ConsultationId).in_subquery(of_patient));
    writing.execute(&versions).await?;
    mark_concluded(writing, Expr::col(Consultation::PatientId).eq(patient.as_str()), false).await?;
    let mut conclusions = Query::delete();
    conclusions.from_table(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    let count = writing.execute(&conclusions).await?;
    let (at, subject) = (tenant.context.now(), audit::Subject { kind: "patient", id: patient.as_str() });
    let detail = json!({ "conclusions": count });
    let entry = audit::Entry { at, actor, action: "patient.conclusions_erased", subject, detail };
    audit::append(writing, &tenant.key, entry).await?;
    Ok(count)
}

/// Takes a consultation's conclusion out of the tables, draft, versions and what waits for a signature, as a part of its erasure; returns how many there were. Its number is not given again.
pub async fn erase_consultation(writing: &mut Writing, id: &ConsultationId) -> Result<u64, StoreError> {
    pending::forget(writing, id).await?;
    let mut versions = Query::delete();
    versions.from_table(Version::Table).and_where(Expr::col(Version::ConsultationId).eq(id.as_str()));
    writing.execute(&versions).await?;
    mark_concluded(writing, Expr::col(Consultation::Id).eq(id.as_str()), false).await?;
    let mut conclusion = Query::delete();
    conclusion.from_table(Table::Table).and_where(Expr::col(Table::ConsultationId).eq(id.as_str()));
    writing.execute(&conclusion).await
}
