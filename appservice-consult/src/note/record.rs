//! Rows of notes and of their former texts.

use sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};

use super::error::NoteError;
use crate::ids::{ConsultationId, ConversationId, NoteId, OperatorId, PatientId};
use crate::store::tables::{Note as Table, NoteVersion};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// Former texts that are shown of one note; who edits more often than this has written another note.
const VERSIONS_MAX: u64 = 100;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: NoteId,
    /// Raised by each change.
    pub version: i64,
    /// The conversation it is on.
    pub conversation: ConversationId,
    /// Whose.
    pub patient: PatientId,
    /// The latest consultation when it was written.
    pub consultation: Option<ConsultationId>,
    /// The client's idempotency key.
    pub request_id: String,
    /// Who wrote it.
    pub author: OperatorId,
    /// When.
    pub created_at: Time,
    /// When it was changed last.
    pub edited_at: Option<Time>,
    /// When it was deleted, and by whom.
    pub deleted: Option<(Time, OperatorId)>,
    /// What it says; none: deleted.
    pub text: Option<String>,
}

/// A text that a note had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From when.
    pub at: Time,
    /// What it said.
    pub text: String,
}

pub(super) fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::ConversationId,
        Table::PatientId,
        Table::ConsultationId,
        Table::RequestId,
        Table::AuthorId,
        Table::CreatedAt,
        Table::EditedAt,
        Table::DeletedAt,
        Table::DeletedBy,
        Table::Body,
    ]);
    select.from(Table::Table);
    select
}

pub(super) fn read(key: &TenantKey, row: &Row) -> Result<Record, StoreError> {
    let id = row.text(Table::Id)?;
    let sealed = row.bytes_or_null(Table::Body)?;
    let text = sealed.map(|sealed| opened(key, place(&id), &sealed)).transpose()?;
    let deleted = match (row.time_or_null(Table::DeletedAt)?, row.id_or_null(Table::DeletedBy)?) {
        (Some(at), Some(by)) => Some((at, by)),
        _ => None,
    };
    Ok(Record {
        version: row.number(Table::Version)?,
        conversation: row.id(Table::ConversationId)?,
        patient: row.id(Table::PatientId)?,
        consultation: row.id_or_null(Table::ConsultationId)?,
        request_id: row.text(Table::RequestId)?,
        author: row.id(Table::AuthorId)?,
        created_at: row.time(Table::CreatedAt)?,
        edited_at: row.time_or_null(Table::EditedAt)?,
        deleted,
        text,
        id: id.into(),
    })
}

fn opened(key: &TenantKey, place: Place<'_>, sealed: &[u8]) -> Result<String, StoreError> {
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: "body".to_owned(), source };
    let bytes = key.open(place, sealed).map_err(|error| broken(error.into()))?;
    String::from_utf8(bytes).map_err(|error| broken(error.into()))
}

fn place(id: &str) -> Place<'_> {
    Place { table: "note", column: "body", row: id }
}

fn version_place(row: &str) -> Place<'_> {
    Place { table: "note_version", column: "body", row }
}

/// The note of that id.
pub async fn load(session: &mut Session, key: &TenantKey, id: &NoteId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// The notes that were written while a consultation was the latest, without those that were deleted, the oldest first. For who records the reading himself.
pub async fn of_consultation(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ConsultationId).eq(id.as_str())).and_where(Expr::col(Table::DeletedAt).is_null());
    select.order_by(Table::CreatedAt, Order::Asc).order_by(Table::Id, Order::Asc);
    session.fetch_all(&select).await?.iter().map(|row| read(&tenant.key, row)).collect()
}

/// What an author wrote under an idempotency key.
pub(super) async fn load_by_request(
    session: &mut Session,
    key: &TenantKey,
    author: &OperatorId,
    request_id: &str,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::AuthorId).eq(author.as_str()));
    select.and_where(Expr::col(Table::RequestId).eq(request_id));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::ConversationId,
        Table::PatientId,
        Table::ConsultationId,
        Table::RequestId,
        Table::AuthorId,
        Table::CreatedAt,
        Table::Body,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.conversation.as_str().into(),
        record.patient.as_str().into(),
        record.consultation.as_ref().map(ConsultationId::as_str).into(),
        record.request_id.as_str().into(),
        record.author.as_str().into(),
        record.created_at.as_millis().into(),
        sealed(tenant, record).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

fn sealed(tenant: &Tenant, record: &Record) -> Option<Vec<u8>> {
    let text = record.text.as_ref()?;
    Some(tenant.key.seal(&tenant.context, place(record.id.as_str()), text.as_bytes()))
}

/// Writes a note over the version before it.
///
/// Errors: `Changed` when somebody else was faster.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, after: &Record) -> Result<(), NoteError> {
    let deleted = after.deleted.as_ref();
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, after.version.into()),
        (Table::EditedAt, after.edited_at.map(Time::as_millis).into()),
        (Table::DeletedAt, deleted.map(|(at, _)| at.as_millis()).into()),
        (Table::DeletedBy, deleted.map(|(_, by)| by.as_str()).into()),
        (Table::Body, sealed(tenant, after).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(after.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(after.version - 1));
    if writing.execute(&update).await? == 1 { Ok(()) } else { Err(NoteError::Changed) }
}

/// Keeps what a note said before it is edited.
pub(super) async fn keep_version(writing: &mut Writing, tenant: &Tenant, before: &Record) -> Result<(), StoreError> {
    let Some(text) = &before.text else { return Ok(()) };
    let row = format!("{}/{}", before.id, before.version);
    let body = tenant.key.seal(&tenant.context, version_place(&row), text.as_bytes());
    let mut insert = Query::insert();
    insert.into_table(NoteVersion::Table).columns([
        NoteVersion::NoteId,
        NoteVersion::Version,
        NoteVersion::At,
        NoteVersion::Body,
    ]);
    insert.values_panic([
        before.id.as_str().into(),
        before.version.into(),
        before.edited_at.unwrap_or(before.created_at).as_millis().into(),
        body.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// What a note said before, newest first.
pub(super) async fn versions(session: &mut Session, key: &TenantKey, id: &NoteId) -> Result<Vec<Version>, StoreError> {
    let mut select = Query::select();
    select.columns([NoteVersion::Version, NoteVersion::At, NoteVersion::Body]).from(NoteVersion::Table);
    select.and_where(Expr::col(NoteVersion::NoteId).eq(id.as_str()));
    select.order_by(NoteVersion::Version, Order::Desc).limit(VERSIONS_MAX);
    let rows = session.fetch_all(&select).await?;
    let version = |row: &Row| {
        let at_row = format!("{id}/{}", row.number(NoteVersion::Version)?);
        let text = opened(key, version_place(&at_row), &row.bytes(NoteVersion::Body)?)?;
        Ok(Version { at: row.time(NoteVersion::At)?, text })
    };
    rows.iter().map(version).collect()
}

/// Forgets what a note said before.
pub(super) async fn forget_versions(writing: &mut Writing, id: &NoteId) -> Result<(), StoreError> {
    let mut delete = Query::delete();
    delete.from_table(NoteVersion::Table).and_where(Expr::col(NoteVersion::NoteId).eq(id.as_str()));
    writing.execute(&delete).await.map(drop)
}

/// Whose notes are erased.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    /// All on a patient.
    Patient(&'a PatientId),
    /// Those written while a consultation was the latest of its conversation.
    Consultation(&'a ConsultationId),
}

impl Of<'_> {
    /// The same as a condition.
    pub(super) fn condition(self) -> Expr {
        match self {
            Self::Patient(id) => Expr::col((Table::Table, Table::PatientId)).eq(id.as_str()),
            Self::Consultation(id) => Expr::col((Table::Table, Table::ConsultationId)).eq(id.as_str()),
        }
    }
}

/// Takes every trace of notes out of the tables; returns how many there were.
pub(super) async fn remove(writing: &mut Writing, of: Of<'_>) -> Result<u64, StoreError> {
    let mut theirs = Query::select();
    theirs.column(Table::Id).from(Table::Table).and_where(of.condition());
    let mut versions = Query::delete();
    versions.from_table(NoteVersion::Table).and_where(Expr::col(NoteVersion::NoteId).in_subquery(theirs));
    writing.execute(&versions).await?;
    let mut notes = Query::delete();
    notes.from_table(Table::Table).and_where(of.condition());
    writing.execute(&notes).await
}
