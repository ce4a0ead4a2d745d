//! A call-back as it is stored: the machine's state, what is personal of it, and the ids around it.

use std::collections::{BTreeSet, HashMap};

use sea_query::{Expr, ExprTrait, Query, SelectStatement};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::details::Details;
use super::state::{Ending, Phase, State, When};
use crate::api::types::{
    CallbackEnding, CallbackMeans, CallbackOutcome, CallbackPhase as PhaseName, CallbackSource, ConsentEvidence,
};
use crate::ids::{CallId, CallbackId, ConversationId, OperatorId, PatientId, PersonId, QueueId};
use crate::store::tables::Callback as Table;
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;
use crate::words::Word;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: CallbackId,
    /// Raised by each write; guards it.
    pub version: i64,
    /// How it was ordered.
    pub source: CallbackSource,
    /// Whose it is; none: by the form.
    pub patient: Option<PatientId>,
    /// The person whom he acts for and whom it is about; none: he himself.
    pub person: Option<PersonId>,
    /// The conversation it is shown in; none: by the form.
    pub conversation: Option<ConversationId>,
    /// The client's idempotency key.
    pub request_id: String,
    /// Where it was ordered.
    pub queue: QueueId,
    /// Where it stands.
    pub state: State,
    /// The patient's time zone (IANA).
    pub time_zone: String,
    /// Whom to call, where, why.
    pub details: Details,
    /// What the operator wrote at the end.
    pub note: Option<String>,
    /// The last call of it in the app.
    pub call: Option<CallId>,
    /// What a visitor agreed to.
    pub consent: Option<ConsentEvidence>,
    /// Its place in the archive, and since when.
    pub sealed: Option<(i64, Time)>,
    /// When what is personal of it was erased.
    pub erased_at: Option<Time>,
}

impl Record {
    /// When the next step happens: now, but behind the last one.
    pub fn time_of_next_step(&self, now: Time) -> Time {
        now.max(Time::from_millis(self.state.phase_since.as_millis().saturating_add(1)))
    }

    /// Lane of what has to happen outside.
    pub fn lane(&self) -> &str {
        self.conversation.as_ref().map_or(self.id.as_str(), ConversationId::as_str)
    }
}

/// The stage of a phase, as lists sort it: 0 waiting, 1 in somebody's hands, 2 ended.
pub fn stage(phase: PhaseName) -> i64 {
    match phase {
        PhaseName::New | PhaseName::NoAnswer => 0,
        PhaseName::Taken | PhaseName::Calling => 1,
        PhaseName::Done | PhaseName::Cancelled | PhaseName::Archived => STAGE_ENDED,
    }
}

/// Stage of what somebody has.
pub const STAGE_TAKEN: i64 = 1;
/// Stage of what has ended.
pub const STAGE_ENDED: i64 = 2;

/// All columns of call-backs.
pub fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::Source,
        Table::PatientId,
        Table::PersonId,
        Table::ConversationId,
        Table::RequestId,
        Table::QueueId,
        Table::RequestedAt,
        Table::TimeZone,
        Table::Details,
        Table::Consent,
        Table::Phase,
        Table::PhaseSince,
        Table::WindowStart,
        Table::WindowEnd,
        Table::DueAt,
        Table::OverdueSince,
        Table::AgainAt,
        Table::Attempts,
        Table::OperatorId,
        Table::TakenAt,
        Table::Means,
        Table::CallId,
        Table::Outcome,
        Table::Ending,
        Table::EndedAt,
        Table::Note,
        Table::SealedSequence,
        Table::SealedAt,
        Table::ErasedAt,
    ]);
    select.from(Table::Table);
    select
}

fn place<'a>(column: &'static str, id: &'a str) -> Place<'a> {
    Place { table: "callback", column, row: id }
}

/// The call-back of that id.
pub async fn load(session: &mut Session, key: &TenantKey, id: &CallbackId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// Those of these ids that there are, in any order.
pub async fn load_some(session: &mut Session, key: &TenantKey, ids: &[&str]) -> Result<Vec<Record>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = select();
    select.and_where(Expr::col(Table::Id).is_in(ids.iter().copied()));
    session.fetch_all(&select).await?.iter().map(|row| read(key, row)).collect()
}

/// The open call-back of a conversation.
pub async fn load_open(
    session: &mut Session,
    key: &TenantKey,
    conversation: &ConversationId,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()));
    select.and_where(Expr::col(Table::Stage).lt(STAGE_ENDED));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// An open call-back of a patient.
pub async fn open_of_patient(session: &mut Session, patient: &PatientId) -> Result<Option<CallbackId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::Id).from(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::Stage).lt(STAGE_ENDED)).limit(1);
    session.fetch_one(&select).await?.map(|row| row.id(Table::Id)).transpose()
}

/// The call-back that a request of a patient made.
pub async fn by_request(
    session: &mut Session,
    key: &TenantKey,
    patient: &PatientId,
    request_id: &str,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.and_where(Expr::col(Table::RequestId).eq(request_id));
    session.fetch_one(&select).await?.map(|row| read(key, &row)).transpose()
}

/// The operator who has the call-back of a conversation in his hands.
pub async fn holder_in(session: &mut Session, conversation: &ConversationId) -> Result<Option<OperatorId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::OperatorId).from(Table::Table);
    select.and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_TAKEN));
    session.fetch_one(&select).await?.map_or(Ok(None), |row| row.id_or_null(Table::OperatorId))
}

/// As [`holder_in`], of some conversations.
pub async fn holders_in(
    session: &mut Session,
    conversations: &BTreeSet<ConversationId>,
) -> Result<HashMap<ConversationId, OperatorId>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::ConversationId, Table::OperatorId]).from(Table::Table);
    select.and_where(Expr::col(Table::ConversationId).is_in(conversations.iter().map(ConversationId::as_str)));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_TAKEN)).and_where(Expr::col(Table::OperatorId).is_not_null());
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.id(Table::ConversationId)?, row.id(Table::OperatorId)?))).collect()
}

/// Conversations whose call-back an operator has in his hands.
pub async fn held_by(session: &mut Session, operator: &OperatorId) -> Result<Vec<ConversationId>, StoreError> {
    let mut select = Query::select();
    select.column(Table::ConversationId).from(Table::Table);
    select.and_where(Expr::col(Table::OperatorId).eq(operator.as_str()));
    select.and_where(Expr::col(Table::Stage).eq(STAGE_TAKEN)).and_where(Expr::col(Table::ConversationId).is_not_null());
    session.fetch_all(&select).await?.iter().map(|row| row.id(Table::ConversationId)).collect()
}

/// Reads a row and opens what is sealed in it.
pub fn read(key: &TenantKey, row: &Row) -> Result<Record, StoreError> {
    let id = row.text(Table::Id)?;
    let details = opened(key, "details", &id, Some(row.bytes(Table::Details)?))?.unwrap_or_default();
    let sealed = row.number_or_null(Table::SealedSequence)?.zip(row.time_or_null(Table::SealedAt)?);
    Ok(Record {
        version: row.number(Table::Version)?,
        source: CallbackSource::from_word(&row.text(Table::Source)?)?,
        patient: row.id_or_null(Table::PatientId)?,
        person: row.id_or_null(Table::PersonId)?,
        conversation: row.id_or_null(Table::ConversationId)?,
        request_id: row.text(Table::RequestId)?,
        queue: row.id(Table::QueueId)?,
        state: read_state(row)?,
        time_zone: row.text(Table::TimeZone)?,
        details,
        note: opened(key, "note", &id, row.bytes_or_null(Table::Note)?)?,
        call: row.id_or_null(Table::CallId)?,
        consent: opened(key, "consent", &id, row.bytes_or_null(Table::Consent)?)?,
        sealed,
        erased_at: row.time_or_null(Table::ErasedAt)?,
        id: id.into(),
    })
}

fn opened<T: DeserializeOwned>(
    key: &TenantKey,
    column: &'static str,
    id: &str,
    sealed: Option<Vec<u8>>,
) -> Result<Option<T>, StoreError> {
    let Some(sealed) = sealed else { return Ok(None) };
    let broken =
        |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column { column: column.into(), source };
    let bytes = key.open(place(column, id), &sealed).map_err(|error| broken(error.into()))?;
    serde_json::from_slice(&bytes).map(Some).map_err(|error| broken(error.into()))
}

fn read_state(row: &Row) -> Result<State, StoreError> {
    let when = match (row.time_or_null(Table::WindowStart)?, row.time_or_null(Table::WindowEnd)?) {
        (Some(start), Some(end)) => When::Window { start, end },
        _ => When::AsSoonAsPossible,
    };
    Ok(State {
        phase: read_phase(row)?,
        phase_since: row.time(Table::PhaseSince)?,
        requested_at: row.time(Table::RequestedAt)?,
        when,
        due_at: row.time(Table::DueAt)?,
        overdue_since: row.time_or_null(Table::OverdueSince)?,
        attempts: row.number(Table::Attempts)?,
        last_operator: row.id_or_null(Table::OperatorId)?,
        taken_at: row.time_or_null(Table::TakenAt)?,
        last_means: word(row, Table::Means)?,
        ended_at: row.time_or_null(Table::EndedAt)?,
    })
}

fn read_phase(row: &Row) -> Result<Phase, StoreError> {
    let missing = || StoreError::unknown_value("phase", "without what belongs to it");
    let operator = || row.id_or_null(Table::OperatorId)?.ok_or_else(missing);
    let outcome = || word::<CallbackOutcome>(row, Table::Outcome)?.ok_or_else(missing);
    Ok(match PhaseName::from_word(&row.text(Table::Phase)?)? {
        PhaseName::New => Phase::New,
        PhaseName::Taken => Phase::Taken { operator: operator()? },
        PhaseName::Calling => {
            let means = word::<CallbackMeans>(row, Table::Means)?.ok_or_else(missing)?;
            Phase::Calling { operator: operator()?, means }
        }
        PhaseName::NoAnswer => Phase::NoAnswer { again_at: row.time_or_null(Table::AgainAt)?.ok_or_else(missing)? },
        PhaseName::Done => Phase::Done(outcome()?),
        PhaseName::Cancelled => Phase::Cancelled,
        PhaseName::Archived => match word(row, Table::Ending)?.ok_or_else(missing)? {
            CallbackEnding::Done => Phase::Archived(Ending::Done(outcome()?)),
            CallbackEnding::Cancelled => Phase::Archived(Ending::Cancelled),
        },
    })
}

fn word<T: Word>(row: &Row, column: Table) -> Result<Option<T>, StoreError> {
    row.text_or_null(column)?.map(|word| T::from_word(&word)).transpose()
}

/// Writes a new call-back.
pub(super) async fn insert(writing: &mut Writing, tenant: &Tenant, record: &Record) -> Result<(), StoreError> {
    let id = record.id.as_str();
    let index = record.details.phone.as_deref().map(|phone| tenant.key.index("phone", phone));
    let fixed: [(Table, Expr); 11] = [
        (Table::Id, id.into()),
        (Table::Source, record.source.word().into()),
        (Table::PatientId, record.patient.as_ref().map(PatientId::as_str).into()),
        (Table::PersonId, record.person.as_ref().map(PersonId::as_str).into()),
        (Table::ConversationId, record.conversation.as_ref().map(ConversationId::as_str).into()),
        (Table::RequestId, record.request_id.as_str().into()),
        (Table::QueueId, record.queue.as_str().into()),
        (Table::RequestedAt, record.state.requested_at.as_millis().into()),
        (Table::Details, seal(tenant, "details", id, &record.details).into()),
        (Table::PhoneIndex, index.into()),
        (Table::Consent, record.consent.as_ref().map(|consent| seal(tenant, "consent", id, consent)).into()),
    ];
    let (columns, values): (Vec<Table>, Vec<Expr>) = fixed.into_iter().chain(moving(tenant, record)).unzip();
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns(columns).values_panic(values);
    writing.execute(&insert).await.map(drop)
}

/// The one guarded update: it matches the version before, so of several who decided on one state exactly one writes.
pub(super) async fn update(writing: &mut Writing, tenant: &Tenant, after: &Record) -> Result<bool, StoreError> {
    let mut update = Query::update();
    update.table(Table::Table).values(moving(tenant, after));
    update.and_where(Expr::col(Table::Id).eq(after.id.as_str()));
    update.and_where(Expr::col(Table::Version).eq(after.version - 1));
    Ok(writing.execute(&update).await? == 1)
}

/// The columns that steps change, with their values.
fn moving(tenant: &Tenant, record: &Record) -> Vec<(Table, Expr)> {
    let state = &record.state;
    let millis = |time: Option<Time>| time.map(Time::as_millis);
    let (start, end) = state.when.window().unzip();
    let again_at = match state.phase {
        Phase::NoAnswer { again_at } => Some(again_at),
        _ => None,
    };
    let ending = state.phase.ending();
    let note = record.note.as_ref().map(|note| seal(tenant, "note", record.id.as_str(), note));
    let (sequence, sealed_at) = record.sealed.unzip();
    vec![
        (Table::Version, record.version.into()),
        (Table::TimeZone, record.time_zone.as_str().into()),
        (Table::Phase, state.phase.name().word().into()),
        (Table::Stage, stage(state.phase.name()).into()),
        (Table::PhaseSince, state.phase_since.as_millis().into()),
        (Table::WindowStart, millis(start).into()),
        (Table::WindowEnd, millis(end).into()),
        (Table::DueAt, state.due_at.as_millis().into()),
        (Table::OverdueSince, millis(state.overdue_since).into()),
        (Table::AgainAt, millis(again_at).into()),
        (Table::Attempts, state.attempts.into()),
        (Table::OperatorId, state.last_operator.as_ref().map(OperatorId::as_str).into()),
        (Table::TakenAt, millis(state.taken_at).into()),
        (Table::Means, state.last_means.map(Word::word).into()),
        (Table::CallId, record.call.as_ref().map(CallId::as_str).into()),
        (Table::Outcome, ending.and_then(Ending::outcome).map(Word::word).into()),
        (Table::Ending, ending.map(|ending| ending.name().word()).into()),
        (Table::EndedAt, millis(state.ended_at).into()),
        (Table::Note, note.into()),
        (Table::SealedSequence, sequence.into()),
        (Table::SealedAt, millis(sealed_at).into()),
    ]
}

/// Seals a value of a column.
pub(super) fn seal(tenant: &Tenant, column: &'static str, id: &str, value: &impl Serialize) -> Vec<u8> {
    let json = serde_json::to_vec(value).expect("a value of texts has only string keys");
    tenant.key.seal(&tenant.context, place(column, id), &json)
}
