//! What routing looks at, as plain values: who waits, who could take it, and the rules of the queues.

use std::collections::HashMap;

use crate::ids::{ConsultationId, OperatorId, QueueId};
use crate::time::Time;

/// How a queue finds who takes what waits in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strategy {
    /// Operators pick by hand.
    Manual,
    /// Whoever was given something longest ago.
    RoundRobin,
    /// Whoever has most room left; of those with as much, as in turn.
    LeastLoaded,
}

/// Another queue whose operators help out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overflow {
    /// Which.
    pub to: QueueId,
    /// After so long in the queue. Unit: seconds.
    pub after_seconds: i64,
}

/// The rules of one queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// How it finds somebody.
    pub strategy: Strategy,
    /// What one consultation of it takes of an operator's capacity.
    pub weight: u32,
    /// What its operators must be able to do.
    pub skills: Vec<String>,
    /// Whether whoever led the patient's last consultation goes first.
    pub is_sticky: bool,
    /// Who helps out.
    pub overflow: Option<Overflow>,
    /// Whether it works now.
    pub is_open: bool,
}

/// The rules of all queues.
pub type Rules = HashMap<QueueId, Rule>;

/// A consultation that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: ConsultationId,
    /// Where it waits.
    pub queue: QueueId,
    /// Smaller goes first.
    pub order: i64,
    /// When the patient asked: of those with the same order, who asked first goes first.
    pub requested_at: Time,
    /// Since when it waits.
    pub since: Time,
    /// What the patient speaks.
    pub language: Option<String>,
    /// The colleague it was handed to by name.
    pub handed_to: Option<OperatorId>,
    /// Who led the patient's last consultation.
    pub last_lead: Option<OperatorId>,
    /// Who let an offer of it pass.
    pub passed: Vec<OperatorId>,
}

/// What an operator may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// Whatever comes.
    All,
    /// What is handed to him by name.
    ByName,
    /// Nothing.
    Nothing,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub id: OperatorId,
    /// Queues that he serves.
    pub queues: Vec<QueueId>,
    /// What he can do.
    pub skills: Vec<String>,
    /// What he speaks; none: whatever patients do.
    pub languages: Vec<String>,
    /// What he is ready for. In a call or winding up after one: nothing.
    pub readiness: Readiness,
    /// How much he can have at once.
    pub capacity: u32,
    /// How much he has, offers that he has not answered included.
    pub load: u32,
    /// When he was last given something.
    pub given_at: Option<Time>,
}

/// A consultation and the operator to whom it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What.
    pub consultation: ConsultationId,
    /// Where it waits.
    pub queue: QueueId,
    /// To whom.
    pub operator: OperatorId,
}
