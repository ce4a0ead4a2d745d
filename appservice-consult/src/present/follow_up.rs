//! Follow-ups, for staff.

use super::Presenter;
use crate::api::types::{FollowUp, FollowUpState, QueueRef};
use crate::follow_up::{Ending, Phase, Record};

impl Presenter<'_> {
    /// A follow-up.
    pub fn follow_up(&self, record: Record) -> FollowUp {
        let (state, ended_at) = match record.state.phase {
            Phase::Ahead | Phase::Due { .. } => (FollowUpState::Open, None),
            Phase::Ended { ending: Ending::Done, at } => (FollowUpState::Done, Some(at)),
            Phase::Ended { ending: Ending::Cancelled, at } => (FollowUpState::Cancelled, Some(at)),
        };
        FollowUp {
            version: record.version,
            patient: self.patient_ref(&record.patient),
            consultation_id: record.consultation,
            state,
            due_at: record.state.due_at,
            is_due: matches!(record.state.phase, Phase::Due { .. }),
            operator: record.state.operator.as_ref().map(|id| self.operator_ref(id)),
            queue: QueueRef { name: self.queue_name(&record.state.queue), id: record.state.queue },
            note: record.note,
            created_at: record.created_at,
            created_by: self.operator_ref(&record.created_by),
            ended_at,
            ended_by: record.ended_by.as_ref().map(|id| self.operator_ref(id)),
            id: record.id,
        }
    }
}
