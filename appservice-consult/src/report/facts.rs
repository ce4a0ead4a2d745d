//! What a report is made of: facts as plain values.

use super::span::{Span, Spans};
use crate::consultation::Promise;
use crate::ids::{CallId, CallbackId, ConsultationId, ConversationId, OperatorId, QueueId};
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
    /// What became of what its queue promised.
    pub promises: Promises,
    /// When and where it waited for an operator, in order.
    pub waits: Vec<Wait>,
}

/// A stretch of time in a queue, without an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// Where.
    pub queue: QueueId,
    /// When.
    pub span: Span,
}

/// Whether a promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In time.
    Yes,
    /// It was broken once.
    No,
}

/// What became of each promise; none of what was not promised, is void, or may still be kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promises {
    /// Each time that it waited it was taken in time.
    pub wait: Option<Kept>,
    /// An operator wrote in time.
    pub first_response: Option<Kept>,
    /// It was closed in time.
    pub resolution: Option<Kept>,
}

impl Promises {
    /// What became of one.
    pub fn of(self, promise: Promise) -> Option<Kept> {
        match promise {
            Promise::Wait => self.wait,
            Promise::FirstResponse => self.first_response,
            Promise::Resolution => self.resolution,
        }
    }

    /// What became of all of them: one that was broken counts for all.
    pub fn together(self) -> Option<Kept> {
        let all = [self.wait, self.first_response, self.resolution];
        if all.contains(&Some(Kept::No)) { Some(Kept::No) } else { all.contains(&Some(Kept::Yes)).then_some(Kept::Yes) }
    }
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
    /// Which.
    pub id: CallId,
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
    /// What the apps measured; none: nothing.
    pub quality: Option<Quality>,
}

/// What the apps of both sides measured of a call: sums over their reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Quality {
    /// How many there were.
    pub reports: i64,
    /// Lost packets. Unit: of a thousand.
    pub loss_permille: i64,
    /// Jitter. Unit: milliseconds.
    pub jitter_ms: i64,
    /// Round trip. Unit: milliseconds.
    pub round_trip_ms: i64,
    /// How often the picture stood still.
    pub freezes: i64,
}

/// A call-back that was due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// Which.
    pub id: CallbackId,
    /// Of which queue.
    pub queue: QueueId,
    /// Who has it, or had it last.
    pub operator: Option<OperatorId>,
    /// When it had to have been called by.
    pub due_at: Time,
    /// Whether it was overdue once, also where it was put off afterwards.
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
#[derive(Debug)]
pub struct Facts {
    /// When they were read: what goes on goes on up to then.
    pub now: Time,
    /// Asked for in it.
    pub consultations: Vec<Consultation>,
    /// Begun in it.
    pub calls: Vec<Call>,
    /// Due in it.
    pub callbacks: Vec<Callback>,
    /// Of each operator who was on duty or active in it.
    pub work: Vec<Work>,
    /// What waited in it, whenever it was asked for; none where one operator is asked about: nobody leads what waits.
    pub waits: Option<Vec<Wait>>,
}
