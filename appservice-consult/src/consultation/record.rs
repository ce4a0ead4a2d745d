//! A consultation as it is stored: the machine's state, the facts that intake counts, and the ids around it.

use std::collections::BTreeSet;

use sea_query::{Expr, ExprTrait, Query, SelectStatement};

use super::state::{Mark, Marks, Phase, State, Team, Transfer};
use super::team::{self, Member};
use crate::api::types::{Phase as PhaseName, TransferCause};
use crate::ids::{ConsultationId, ConversationId, EventId, PatientId, PersonId, QueueId};
use crate::person::Treated;
use crate::retention::Terms;
use crate::store::tables::Consultation as Table;
use crate::store::{Row, Session, StoreError};
use crate::time::Time;
use crate::words::Word;

/// A row with its operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: ConsultationId,
    /// Raised by each write; guards it.
    pub version: i64,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// Whose it is.
    pub patient: PatientId,
    /// Whose health it is about, where it is not his own.
    pub person: Option<PersonId>,
    /// The client's idempotency key.
    pub request_id: String,
    /// What the patient speaks.
    pub language: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Its place among those that wait; smaller goes first.
    pub queue_order: i64,
    /// All operators who are or were in it.
    pub members: Vec<Member>,
    /// Sealed with the tenant's key.
    pub end_reason: Option<Vec<u8>>,
    /// Sealed with the tenant's key.
    pub transfer_note: Option<Vec<u8>>,
    /// What was counted.
    pub facts: Facts,
    /// Its place in the archive.
    pub sealed: Option<Sealed>,
    /// What its records are kept by; none: it is not sealed, or kept for ever.
    pub terms: Option<Terms>,
    /// When what was said in it was erased.
    pub erased_at: Option<Time>,
}

impl Record {
    /// Whose health it is about.
    pub fn treated(&self) -> Treated<'_> {
        Treated { patient: &self.patient, person: self.person.as_ref() }
    }

    /// When the next step happens: now, but behind the last one. Two phases never begin at the same time, so announcements of a consultation have an order;
    /// nor do two colleagues come or go at one, so the history can say who it was.
    pub fn time_of_next_step(&self, now: Time) -> Time {
        let moves = self.members.iter().map(|member| member.left_at.unwrap_or(member.joined_at));
        let last = moves.fold(self.state.phase_since, Time::max);
        now.max(Time::from_millis(last.as_millis().saturating_add(1)))
    }
}

/// What intake counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Messages of patient and operators.
    pub message_count: i64,
    /// The first.
    pub first_event: Option<EventId>,
    /// The last.
    pub last_event: Option<EventId>,
    /// When the last came.
    pub last_message_at: Option<Time>,
}

/// Its place in the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Its last record.
    pub sequence: i64,
    /// When.
    pub at: Time,
    /// Messages in all its records.
    pub messages: i64,
    /// Files in all its records.
    pub files: i64,
}

/// The stage of a phase, as lists sort it: 0 waiting, 1 active, 2 on hold, 3 ended.
pub fn stage(phase: PhaseName) -> i64 {
    match phase {
        PhaseName::Queued => 0,
        PhaseName::Active => 1,
        PhaseName::OnHold => 2,
        PhaseName::Archived | PhaseName::Cancelled | PhaseName::Abandoned => 3,
    }
}

/// Stage of what has ended.
pub const STAGE_ENDED: i64 = 3;

/// All columns of consultations.
pub fn select() -> SelectStatement {
    let mut select = Query::select();
    select.columns([
        Table::Id,
        Table::Version,
        Table::ConversationId,
        Table::PatientId,
        Table::PersonId,
        Table::RequestId,
        Table::QueueId,
        Table::Phase,
        Table::PhaseSince,
        Table::HoldUntil,
        Table::Priority,
        Table::QueueOrder,
        Table::RequestedAt,
        Table::TakenAt,
        Table::FirstTakenAt,
        Table::FirstAnswerAt,
        Table::EndedAt,
        Table::EndReason,
        Table::LeadId,
        Table::PreviousOperatorId,
        Table::TransferFrom,
        Table::TransferTo,
        Table::TransferAt,
        Table::TransferNote,
        Table::TransferCause,
        Table::MessageCount,
        Table::FirstEventId,
        Table::LastEventId,
        Table::LastMessageAt,
        Table::UnansweredSince,
        Table::SilenceWarnedAt,
        Table::Language,
        Table::OfferedTo,
        Table::OfferUntil,
        Table::WaitMark,
        Table::ResponseMark,
        Table::ResolutionMark,
        Table::ReopenedAt,
        Table::SealedSequence,
        Table::SealedAt,
        Table::SealedMessages,
        Table::SealedFiles,
        Table::RetentionClass,
        Table::EraseDueAt,
        Table::EraseListedAt,
        Table::ErasedAt,
    ]);
    select.from(Table::Table);
    select
}

/// The consultation of that id.
pub async fn load(session: &mut Session, id: &ConsultationId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::Id).eq(id.as_str()));
    Ok(load_selected(session, &select).await?.pop())
}

/// The open consultation of a conversation.
pub async fn load_open(session: &mut Session, conversation: &ConversationId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select
        .and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()))
        .and_where(Expr::col(Table::Stage).lt(STAGE_ENDED));
    Ok(load_selected(session, &select).await?.pop())
}

/// An open consultation about a person.
pub async fn load_open_for(session: &mut Session, person: &PersonId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select
        .and_where(Expr::col(Table::PersonId).eq(person.as_str()))
        .and_where(Expr::col(Table::Stage).lt(STAGE_ENDED))
        .limit(1);
    Ok(load_selected(session, &select).await?.pop())
}

/// The open consultations of some conversations.
pub async fn load_open_in(
    session: &mut Session,
    conversations: &BTreeSet<ConversationId>,
) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select
        .and_where(Expr::col(Table::ConversationId).is_in(conversations.iter().map(ConversationId::as_str)))
        .and_where(Expr::col(Table::Stage).lt(STAGE_ENDED));
    load_selected(session, &select).await
}

/// The open consultations of a queue.
pub async fn load_open_of(session: &mut Session, queue: &QueueId) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::QueueId).eq(queue.as_str())).and_where(Expr::col(Table::Stage).lt(STAGE_ENDED));
    load_selected(session, &select).await
}

/// The latest consultation of a conversation, open or not. The open one is, also where the clock was set back since the one before it began.
pub async fn load_latest(session: &mut Session, conversation: &ConversationId) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()));
    select.order_by_expr(Expr::col(Table::Stage).lt(STAGE_ENDED), sea_query::Order::Desc);
    select.order_by(Table::RequestedAt, sea_query::Order::Desc).order_by(Table::Id, sea_query::Order::Desc).limit(1);
    Ok(load_selected(session, &select).await?.pop())
}

/// The consultation of a conversation that was the latest at a time; the first one for what came before it.
pub async fn load_at(
    session: &mut Session,
    conversation: &ConversationId,
    at: Time,
) -> Result<Option<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::ConversationId).eq(conversation.as_str()));
    select.and_where(Expr::col(Table::RequestedAt).lte(at.as_millis()));
    select.order_by(Table::RequestedAt, sea_query::Order::Desc).order_by(Table::Id, sea_query::Order::Desc).limit(1);
    match load_selected(session, &select).await?.pop() {
        Some(record) => Ok(Some(record)),
        None => load_latest(session, conversation).await,
    }
}

/// All consultations of a patient, oldest first.
pub async fn load_of_patient(session: &mut Session, patient: &PatientId) -> Result<Vec<Record>, StoreError> {
    let mut select = select();
    select.and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    select.order_by(Table::RequestedAt, sea_query::Order::Asc).order_by(Table::Id, sea_query::Order::Asc);
    load_selected(session, &select).await
}

/// The consultations that a statement made by [`select`] finds, in its order, with their operators.
pub async fn load_selected(session: &mut Session, select: &SelectStatement) -> Result<Vec<Record>, StoreError> {
    let rows = session.fetch_all(select).await?;
    let ids = rows.iter().map(|row| row.text(Table::Id)).collect::<Result<Vec<_>, _>>()?;
    let mut members = team::load(session, &ids).await?;
    rows.iter().zip(&ids).map(|(row, id)| read(row, members.remove(id).unwrap_or_default())).collect()
}

fn read(row: &Row, members: Vec<Member>) -> Result<Record, StoreError> {
    Ok(Record {
        id: row.id(Table::Id)?,
        version: row.number(Table::Version)?,
        conversation: row.id(Table::ConversationId)?,
        patient: row.id(Table::PatientId)?,
        person: row.id_or_null(Table::PersonId)?,
        request_id: row.text(Table::RequestId)?,
        language: row.text_or_null(Table::Language)?,
        state: read_state(row, &members)?,
        queue_order: row.number(Table::QueueOrder)?,
        members,
        end_reason: row.bytes_or_null(Table::EndReason)?,
        transfer_note: row.bytes_or_null(Table::TransferNote)?,
        facts: Facts {
            message_count: row.number(Table::MessageCount)?,
            first_event: row.id_or_null(Table::FirstEventId)?,
            last_event: row.id_or_null(Table::LastEventId)?,
            last_message_at: row.time_or_null(Table::LastMessageAt)?,
        },
        sealed: read_sealed(row)?,
        terms: read_terms(row)?,
        erased_at: row.time_or_null(Table::ErasedAt)?,
    })
}

fn read_state(row: &Row, members: &[Member]) -> Result<State, StoreError> {
    let transfer = match (row.id_or_null(Table::TransferFrom)?, row.time_or_null(Table::TransferAt)?) {
        (Some(from), Some(at)) => {
            let (to, cause) = (row.id_or_null(Table::TransferTo)?, row.text_or_null(Table::TransferCause)?);
            let cause = cause.map_or(Ok(TransferCause::Handed), |word| TransferCause::from_word(&word))?;
            Some(Transfer { from, to, at, cause })
        }
        _ => None,
    };
    Ok(State {
        phase: read_phase(row, members)?,
        phase_since: row.time(Table::PhaseSince)?,
        queue: row.id(Table::QueueId)?,
        priority: row.number(Table::Priority)?,
        requested_at: row.time(Table::RequestedAt)?,
        reopened_at: row.time_or_null(Table::ReopenedAt)?,
        taken_at: row.time_or_null(Table::TakenAt)?,
        first_taken_at: row.time_or_null(Table::FirstTakenAt)?,
        first_answer_at: row.time_or_null(Table::FirstAnswerAt)?,
        unanswered_since: row.time_or_null(Table::UnansweredSince)?,
        ended_at: row.time_or_null(Table::EndedAt)?,
        last_lead: row.id_or_null(Table::LeadId)?,
        previous_lead: row.id_or_null(Table::PreviousOperatorId)?,
        transfer,
        marks: Marks {
            wait: Mark::from_word(&row.text(Table::WaitMark)?)?,
            first_response: Mark::from_word(&row.text(Table::ResponseMark)?)?,
            resolution: Mark::from_word(&row.text(Table::ResolutionMark)?)?,
        },
        silence_warned_at: row.time_or_null(Table::SilenceWarnedAt)?,
    })
}

fn read_phase(row: &Row, members: &[Member]) -> Result<Phase, StoreError> {
    let word = row.text(Table::Phase)?;
    let present = || -> Result<Team, StoreError> {
        team::present(members).ok_or_else(|| StoreError::unknown_value("phase", "led by nobody"))
    };
    Ok(match PhaseName::from_word(&word)? {
        PhaseName::Queued => match (row.id_or_null(Table::OfferedTo)?, row.time_or_null(Table::OfferUntil)?) {
            (Some(operator), Some(until)) => Phase::Offered { operator, until },
            _ => Phase::Queued,
        },
        PhaseName::Active => Phase::Active { team: present()? },
        PhaseName::OnHold => Phase::OnHold { team: present()?, until: row.time_or_null(Table::HoldUntil)? },
        PhaseName::Archived => Phase::Archived,
        PhaseName::Cancelled => Phase::Cancelled,
        PhaseName::Abandoned => Phase::Abandoned,
    })
}

fn read_terms(row: &Row) -> Result<Option<Terms>, StoreError> {
    let (class, due_at) = (row.text_or_null(Table::RetentionClass)?, row.time_or_null(Table::EraseDueAt)?);
    let listed_at = row.time_or_null(Table::EraseListedAt)?;
    Ok(class.zip(due_at).map(|(class, due_at)| Terms { class, due_at, listed_at }))
}

fn read_sealed(row: &Row) -> Result<Option<Sealed>, StoreError> {
    Ok(match (row.number_or_null(Table::SealedSequence)?, row.time_or_null(Table::SealedAt)?) {
        (Some(sequence), Some(at)) => Some(Sealed {
            sequence,
            at,
            messages: row.number(Table::SealedMessages)?,
            files: row.number(Table::SealedFiles)?,
        }),
        _ => None,
    })
}
