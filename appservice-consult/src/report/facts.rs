//! What a report is made of: facts as plain values.

use super::span::{Span, Spans};
use crate::ids::{ConsultationId, ConversationId, OperatorId, QueueId};
use crate::time::Time;

/// A consultation, as far as figures need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// Which.
    pub id: ConsultationId,
    /// Where.
    pub conversation: ConversationId,
    /// Where it stands, or stood last.
    pub queue: QueueId,
    /// Who leads it, or led it last.
    pub operator: Option<OperatorId>,
    /// The question.
    pub requested_at: Time,
    /// When it was taken first.
    pub first_taken_at: Option<Time>,
    /// The first message of an operator.
    pub first_answer_at: Option<Time>,
    /// How it ended.
    pub end: Option<End>,
    /// How often it was handed on.
    pub transfers: u32,
    /// Time that somebody led it and it was not on hold. Unit: milliseconds.
    pub handled_ms: i64,
    /// Asked again within a day after it was closed.
    pub is_reopened: bool,
    /// What its patient thought of it, from 1 to 5.
    pub stars: Option<i64>,
}

/// How and when a consultation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By who led it.
    Closed(Time),
    /// While it waited: the patient withdrew it, or nobody came.
    Left,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Of which queue; none where its consultation is unknown, as for a call-back without one.
    pub queue: Option<QueueId>,
    /// Who of the staff called or answered.
    pub operator: Option<OperatorId>,
    /// When it began to ring.
    pub started_at: Time,
    /// Whether both sides were in it.
    pub is_completed: bool,
    /// Both sides there. Unit: milliseconds.
    pub billable_ms: i64,
}

/// A call-back that was due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// Of which queue.
    pub queue: QueueId,
    /// Who has it, or had it last.
    pub operator: Option<OperatorId>,
    /// When it had to have been called by.
    pub due_at: Time,
    /// Whether that time passed before it was called.
    pub was_overdue: bool,
}

/// What an operator did with his time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Who.
    pub operator: OperatorId,
    /// On duty.
    pub on_duty: Spans,
    /// In a consultation that was not on hold; one for each consultation.
    pub active: Vec<Span>,
}

/// All facts of a period.
#[derive(Debug, Default)]
pub struct Facts {
    /// Asked for in it.
    pub consultations: Vec<Consultation>,
    /// Begun in it.
    pub calls: Vec<Call>,
    /// Due in it.
    pub callbacks: Vec<Callback>,
    /// Of each operator who was on duty or active in it.
    pub work: Vec<Work>,
}
