//! Rows of follow-ups.

use sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};

use super::message::{Delivery, Message};
use super::state::{Ending, Phase, State};
use crate::ids::{ConsultationId, FollowUpId, OperatorId, PatientId};
use crate::store::tables::FollowUp as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;

/// Open, in the database.
pub(super) const STAGE_OPEN: i64 = 0;
const STAGE_DONE: i64 = 1;
const STAGE_CANCELLED: i64 = 2;
/// Stages of a message, in the database.
const MESSAGE_PLANNED: i64 = 0;
const MESSAGE_LEAVING: i64 = 1;
const MESSAGE_SENT: i64 = 2;
const MESSAGE_FAILED: i64 = 3;

/// A follow-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: FollowUpId,
    /// Raised by each change; guards it.
    pub version: i64,
    /// About whom.
    pub patient: PatientId,
    /// About which consultation.
    pub consultation: Option<ConsultationId>,
    /// The client's idempotency key.
    pub request_id: String,
    /// When it was made.
    pub created_at: Time,
    /// By whom.
    pub created_by: OperatorId,
    /// Where it stands.
    pub state: State,
    /// Who ended it; `None`: it is open, or the service did.
    pub ended_by: Option<OperatorId>,
    /// What is to be done.
    pub note: Option<String>,
    /// What is sent to the patient at its time.
    pub message: Option<Message>,
}

fn place<'a>(column: &'static str, id: &'a str) -> Place<'a> {
    Place { table: "follow_up", column, row: id }
}

fn stage(phase: Phase) -> i64 {
    match phase {
        Phase::Ahead | Phase::Due { .. } => STAGE_OPEN,
        Phase::Ended { ending: Ending::Done, .. } => STAGE_DONE,
        Phase::Ended { ending: Ending::Cancelled, .. } => STAGE_CANCELLED,
    }
}

pub(super) fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::PatientId,
        Table::ConsultationId,
        Table::QueueId,
        Table::OperatorId,
        Table::RequestId,
        Table::CreatedAt,
        Table::CreatedBy,
        Table::Stage,
        Table::DueAt,
        Table::DueSince,
        Table::NextAt,
        Table::EndedAt,
        Table::EndedBy,
        Table::Note,
        Table::Message,
        Table::MessageStage,
        Table::MessageAt,
    ]);
    select.from(Table::Table);
    select
}

fn read_phase(row: &Row) -> Result<Phase, StoreError> {
    let ended = |ending| {
        let at = row.time_or_null(Table::EndedAt)?;
        at.map(|at| Phase::Ended { ending, at }).ok_or_else(|| StoreError::unknown_value("ended_at", "null"))
    };
    match row.number(Table::Stage)? {
        STAGE_OPEN => Ok(row.time_or_null(Table::DueSince)?.map_or(Phase::Ahead, |since| Phase::Due { since })),
        STAGE_DONE => ended(Ending::Done),
        STAGE_CANCELLED => ended(Ending::Cancelled),
        other => Err(StoreError::unknown_value("stage", &other.to_string())),
    }
}

/// A sealed text of a row.
fn opened(key: &TenantKey, place: Place<'_>, sealed: Option<Vec<u8>>) -> Result<Option<String>, StoreError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column {
        column: place.column.to_owned(),
        source,
    };
    let opened = key.open(place, &sealed).map_err(|error| broken(error.into()))?;
    String::from_utf8(opened).map(Some).map_err(|error| broken(error.into()))
}

fn read_message(key: &TenantKey, id: &str, row: &Row) -> Result<Option<Message>, StoreError> {
    let Some(text) = opened(key, place("message", id), row.bytes_or_null(Table::Message)?)? else { return Ok(None) };
    let at = || {
        let at = row.time_or_null(Table::MessageAt)?;
        at.ok_or_else(|| StoreError::unknown_value("message_at", "null"))
    };
    let delivery = match row.number(Table::MessageStage)? {
        MESSAGE_PLANNED => Delivery::Planned,
        MESSAGE_LEAVING => Delivery::Leaving,
        MESSAGE_SENT => Delivery::Sent { at: at()? },
        MESSAGE_FAILED => Delivery::Failed { at: at()? },
        other => return Err(StoreError::unknown_value("message_stage", &other.to_string())),
    };
    Ok(Some(Message { text, delivery }))
}

pub(super) fn read(key: &TenantKey, row: &Row) -> Result<Record, StoreError> {
    let id = row.text(Table::Id)?;
    let note = opened(key, place("note", &id), row.bytes_or_null(Table::Note)?)?;
    let message = read_message(key, &id, row)?;
    Ok(Record {
        version: row.number(Table::Version)?,
        patient: row.id(Table::PatientId)?,
        consultation: row.id_or_null(Table::ConsultationId)?,
        request_id: row.text(Table::RequestId)?,
        created_at: row.time(Table::CreatedAt)?,
        created_by: row.id(Table::CreatedBy)?,
        state: State {
            phase: read_phase(row)?,
            due_at: row.time(Table::DueAt)?,
            operator: row.id_or_null(Table::OperatorId)?,
            queue: row.id(Table::QueueId)?,
            next_at: row.time_or_null(Table::NextAt)?,
        },
        ended_by: row.id_or_null(Table::EndedBy)?,
        note,
        message,
        id: id.into(),
    })
}

/// The follow-up of that id.
pub async fn load(session: &mut Session, key: &TenantKey, id: &FollowUpId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// The one that an operator made by a request.
pub(super) async fn load_by_request(
    session: &mut Session,
    key: &TenantKey,
    by: &OperatorId,
    request_id: &str,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::CreatedBy).eq(by.as_str()));
    select.and_where(Expr::col(Table::RequestId).eq(request_id));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// Those that a selection names.
pub(super) async fn load_selected(
    session: &mut Session,
    key: &TenantKey,
    select: &SelectStatement,
) -> Result<Vec<Record>, StoreError> {
    session.fetch_all(select).await?.iter().map(|row| read(key, row)).collect()
}

/// How many are open for a patient.
pub(super) async fn count_open(session: &mut Session, patient: &PatientId) -> Result<i64, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).from(Table::Table);
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_OPEN));
    session.fetch_one(&select).await?.map_or(Ok(0), |row| row.first_number())
}

fn due_since(record: &Record) -> Option<i64> {
    match record.state.phase {
        Phase::Due { since } => Some(since.as_millis()),
        Phase::Ahead | Phase::Ended { .. } => None,
    }
}

fn ended_at(record: &Record) -> Option<i64> {
    match record.state.phase {
        Phase::Ended { at, .. } => Some(at.as_millis()),
        Phase::Ahead | Phase::Due { .. } => None,
    }
}

fn sealed_note(tenant: &Tenant, record: &Record) -> Option<Vec<u8>> {
    let note = record.note.as_deref()?;
    Some(tenant.key.seal(&tenant.context, place("note", record.id.as_str()), note.as_bytes()))
}

fn sealed_message(tenant: &Tenant, record: &Record) -> Option<Vec<u8>> {
    let message = record.message.as_ref()?;
    Some(tenant.key.seal(&tenant.context, place("message", record.id.as_str()), message.text.as_bytes()))
}

fn message_stage(record: &Record) -> Option<i64> {
    record.message.as_ref().map(|message| match message.delivery {
        Delivery::Planned => MESSAGE_PLANNED,
        Delivery::Leaving => MESSAGE_LEAVING,
        Delivery::Sent { .. } => MESSAGE_SENT,
        Delivery::Failed { .. } => MESSAGE_FAILED,
    })
}

fn message_at(record: &Record) -> Option<i64> {
    match record.message.as_ref()?.delivery {
        Delivery::Sent { at } | Delivery::Failed { at } => Some(at.as_millis()),
        Delivery::Planned | Delivery::Leaving => None,
    }
}

pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([
        Table::Id,
        Table::Version,
        Table::PatientId,
        Table::ConsultationId,
        Table::QueueId,
        Table::OperatorId,
        Table::RequestId,
        Table::CreatedAt,
        Table::CreatedBy,
        Table::Stage,
        Table::DueAt,
        Table::NextAt,
        Table::Note,
        Table::Message,
        Table::MessageStage,
        Table::MessageAt,
    ]);
    insert.values_panic([
        record.id.as_str().into(),
        record.version.into(),
        record.patient.as_str().into(),
        record.consultation.as_ref().map(ConsultationId::as_str).into(),
        record.state.queue.as_str().into(),
        record.state.operator.as_ref().map(OperatorId::as_str).into(),
        record.request_id.as_str().into(),
        record.created_at.as_millis().into(),
        record.created_by.as_str().into(),
        stage(record.state.phase).into(),
        record.state.due_at.as_millis().into(),
        record.state.next_at.map(Time::as_millis).into(),
        sealed_note(tenant, record).into(),
        sealed_message(tenant, record).into(),
        message_stage(record).into(),
        message_at(record).into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Writes over the version before; returns whether it was there.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values([
        (Table::Version, record.version.into()),
        (Table::QueueId, record.state.queue.as_str().into()),
        (Table::OperatorId, record.state.operator.as_ref().map(OperatorId::as_str).into()),
        (Table::Stage, stage(record.state.phase).into()),
        (Table::DueAt, record.state.due_at.as_millis().into()),
        (Table::DueSince, due_since(record).into()),
        (Table::NextAt, record.state.next_at.map(Time::as_millis).into()),
        (Table::EndedAt, ended_at(record).into()),
        (Table::EndedBy, record.ended_by.as_ref().map(OperatorId::as_str).into()),
        (Table::Note, sealed_note(tenant, record).into()),
        (Table::Message, sealed_message(tenant, record).into()),
        (Table::MessageStage, message_stage(record).into()),
        (Table::MessageAt, message_at(record).into()),
    ]);
    update.and_where(Expr::col(Table::Id).eq(record.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(record.version - 1));
    Ok(writing.execute(&update).await? == 1)
}
