//! Follow-ups, for staff.

use super::Presenter;
use crate::api::types::{FollowUp, FollowUpMessage, FollowUpMessageState, FollowUpState, QueueRef};
use crate::follow_up::{Delivery, Ending, Message, Phase, Record};

impl Presenter<'_> {
    /// A follow-up.
    pub fn follow_up(&self, record: Record) -> FollowUp {
        let (state, ended_at) = match record.state.phase {
            Phase::Ahead | Phase::Due { .. } => (FollowUpState::Open, None),
            Phase::Ended { ending: Ending::Done, at } => (FollowUpState::Done, Some(at)),
            Phase::Ended { ending: Ending::Cancelled, at } => (FollowUpState::Cancelled, Some(at)),
        };
        let is_open = record.state.is_open();
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
            message: record.message.map(|message| shown(message, is_open)),
            created_at: record.created_at,
            created_by: self.operator_ref(&record.created_by),
            ended_at,
            ended_by: record.ended_by.as_ref().map(|id| self.operator_ref(id)),
            id: record.id,
        }
    }
}

fn shown(message: Message, is_open: bool) -> FollowUpMessage {
    let (state, at) = match message.delivery {
        Delivery::Planned if is_open => (FollowUpMessageState::Planned, None),
        Delivery::Planned => (FollowUpMessageState::TakenBack, None),
        Delivery::Leaving => (FollowUpMessageState::Leaving, None),
        Delivery::Sent { at } => (FollowUpMessageState::Sent, Some(at)),
        Delivery::Failed { at } => (FollowUpMessageState::Failed, Some(at)),
    };
    FollowUpMessage { text: message.text, state, at }
}
