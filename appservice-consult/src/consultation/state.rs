//! Where a consultation stands: the machine's state, made so that what cannot be cannot be written down.

use super::sla::Promise;
use crate::api::types::{ParticipantRole, Phase as PhaseName, TransferCause};
use crate::ids::{OperatorId, QueueId};
use crate::time::Time;

/// An operator in the consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub operator: OperatorId,
    /// As what.
    pub role: ParticipantRole,
    /// Since when.
    pub joined_at: Time,
    /// Who asked him in; none for the lead.
    pub invited_by: Option<OperatorId>,
}

/// The operators in the consultation now: there is always a lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Who answers for it.
    pub lead: OperatorId,
    /// When he took it.
    pub lead_since: Time,
    /// Colleagues.
    pub others: Vec<Participant>,
}

impl Team {
    /// A lead alone.
    pub fn of(lead: OperatorId, now: Time) -> Self {
        Self { lead, lead_since: now, others: Vec::new() }
    }

    /// All of them, the lead first.
    pub fn members(&self) -> Vec<Participant> {
        let lead = Participant {
            operator: self.lead.clone(),
            role: ParticipantRole::Lead,
            joined_at: self.lead_since,
            invited_by: None,
        };
        std::iter::once(lead).chain(self.others.iter().cloned()).collect()
    }

    /// The colleague of this id; none for the lead.
    pub fn other(&self, operator: &OperatorId) -> Option<&Participant> {
        self.others.iter().find(|other| other.operator == *operator)
    }

    /// Those who only watch.
    pub fn observers(&self) -> impl Iterator<Item = &OperatorId> {
        self.others.iter().filter(|other| other.role == ParticipantRole::Observer).map(|other| &other.operator)
    }

    /// Whether this operator only watches.
    pub fn observes(&self, operator: &OperatorId) -> bool {
        self.observers().any(|observer| observer == operator)
    }

    /// Whether this operator is in it.
    pub fn has(&self, operator: &OperatorId) -> bool {
        self.lead == *operator || self.other(operator).is_some()
    }
}

/// The phase, with what belongs to it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Waits for an operator.
    Queued,
    /// Waits, and an operator is asked to take it. It goes on waiting: `phase_since` stays.
    Offered {
        /// Whom.
        operator: OperatorId,
        /// How long.
        until: Time,
    },
    /// Led by an operator.
    Active {
        /// Who is in it.
        team: Team,
    },
    /// Put aside by its lead.
    OnHold {
        /// Who is in it.
        team: Team,
        /// When it resumes by itself.
        until: Option<Time>,
    },
    /// Closed.
    Archived,
    /// Withdrawn by the patient.
    Cancelled,
    /// Nobody came.
    Abandoned,
}

impl Phase {
    /// The phase's name, without what belongs to it. What is offered waits, as far as everybody else is concerned.
    pub fn name(&self) -> PhaseName {
        match self {
            Self::Queued | Self::Offered { .. } => PhaseName::Queued,
            Self::Active { .. } => PhaseName::Active,
            Self::OnHold { .. } => PhaseName::OnHold,
            Self::Archived => PhaseName::Archived,
            Self::Cancelled => PhaseName::Cancelled,
            Self::Abandoned => PhaseName::Abandoned,
        }
    }

    /// Who is in it now.
    pub fn team(&self) -> Option<&Team> {
        match self {
            Self::Active { team } | Self::OnHold { team, .. } => Some(team),
            Self::Queued | Self::Offered { .. } | Self::Archived | Self::Cancelled | Self::Abandoned => None,
        }
    }

    /// Whether nobody leads it yet.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::Queued | Self::Offered { .. })
    }

    /// Whether it has not ended.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Queued | Self::Offered { .. } | Self::Active { .. } | Self::OnHold { .. })
    }
}

/// What was said of a promise that is not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// That it soon will be broken.
    Warned,
    /// That it is broken.
    Broken,
}

/// What was said of each promise of the queue (`sla.rs`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of this wait.
    pub wait: Mark,
    /// Of the first answer.
    pub first_response: Mark,
    /// Of the close.
    pub resolution: Mark,
}

impl Marks {
    /// What was said of a promise.
    pub fn of(self, promise: Promise) -> Mark {
        match promise {
            Promise::Wait => self.wait,
            Promise::FirstResponse => self.first_response,
            Promise::Resolution => self.resolution,
        }
    }

    /// With something said of a promise.
    #[must_use]
    pub fn with(self, promise: Promise, mark: Mark) -> Self {
        match promise {
            Promise::Wait => Self { wait: mark, ..self },
            Promise::FirstResponse => Self { first_response: mark, ..self },
            Promise::Resolution => Self { resolution: mark, ..self },
        }
    }
}

/// How a consultation came back to a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// Who handed it on, or was lost.
    pub from: OperatorId,
    /// The colleague it was handed to.
    pub to: Option<OperatorId>,
    /// When.
    pub at: Time,
    /// Whether anybody handed it on.
    pub cause: TransferCause,
}

/// A consultation, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Where it stands.
    pub phase: Phase,
    /// Since when.
    pub phase_since: Time,
    /// Where it was asked, or transferred to.
    pub queue: QueueId,
    /// 0 is ordinary; each return to the queue adds one.
    pub priority: i64,
    /// When the patient asked.
    pub requested_at: Time,
    /// When it was last opened again after its end.
    pub reopened_at: Option<Time>,
    /// When the present or last lead took it; none while it waits.
    pub taken_at: Option<Time>,
    /// When it was taken for the first time.
    pub first_taken_at: Option<Time>,
    /// When an operator first answered.
    pub first_answer_at: Option<Time>,
    /// The oldest message of the patient that no operator has answered.
    pub unanswered_since: Option<Time>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// Who leads it, or led it last.
    pub last_lead: Option<OperatorId>,
    /// Who led before, in it or in the patient's consultation before it.
    pub previous_lead: Option<OperatorId>,
    /// How it came back to the queue, if it did.
    pub transfer: Option<Transfer>,
    /// What was said of the queue's promises.
    pub marks: Marks,
    /// When a silent patient was asked whether he is still there; none: he was not, or somebody has written since.
    pub silence_warned_at: Option<Time>,
}

impl State {
    /// A consultation that the patient has just asked for.
    pub fn requested(queue: QueueId, previous_lead: Option<OperatorId>, now: Time) -> Self {
        Self {
            phase: Phase::Queued,
            phase_since: now,
            queue,
            priority: 0,
            requested_at: now,
            reopened_at: None,
            taken_at: None,
            first_taken_at: None,
            first_answer_at: None,
            unanswered_since: None,
            ended_at: None,
            last_lead: None,
            previous_lead,
            transfer: None,
            marks: Marks::default(),
            silence_warned_at: None,
        }
    }

    /// Whether a promise runs: it is neither kept nor void.
    pub fn is_promised(&self, promise: Promise) -> bool {
        match promise {
            Promise::Wait => self.phase.is_waiting(),
            Promise::FirstResponse => self.phase.is_open() && self.first_answer_at.is_none(),
            Promise::Resolution => self.phase.is_open(),
        }
    }
}
