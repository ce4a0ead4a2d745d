//! The words of event types, fields, reasons and failures: in the database as on the wire.

use crate::api::types::{WebhookEventType as Type, WebhookFailure, WebhookField, WebhookOffReason};
use crate::words::Word;

impl Word for Type {
    const NAME: &'static str = "event type";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::ConsultationRequested, "consultation.requested"),
        (Self::ConsultationQueued, "consultation.queued"),
        (Self::ConsultationOffered, "consultation.offered"),
        (Self::ConsultationPassed, "consultation.passed"),
        (Self::ConsultationOfferLapsed, "consultation.offer_lapsed"),
        (Self::ConsultationTaken, "consultation.taken"),
        (Self::ConsultationTransferred, "consultation.transferred"),
        (Self::ConsultationReturned, "consultation.returned"),
        (Self::ConsultationHeld, "consultation.held"),
        (Self::ConsultationResumed, "consultation.resumed"),
        (Self::ConsultationClosed, "consultation.closed"),
        (Self::ConsultationCancelled, "consultation.cancelled"),
        (Self::ConsultationAbandoned, "consultation.abandoned"),
        (Self::ConsultationReopened, "consultation.reopened"),
        (Self::ConsultationWaitWarning, "consultation.wait_warning"),
        (Self::ConsultationWaitBroken, "consultation.wait_broken"),
        (Self::ConsultationResponseWarning, "consultation.response_warning"),
        (Self::ConsultationResponseBroken, "consultation.response_broken"),
        (Self::ConsultationResolutionWarning, "consultation.resolution_warning"),
        (Self::ConsultationResolutionBroken, "consultation.resolution_broken"),
        (Self::ConsultationPersonCorrected, "consultation.person_corrected"),
        (Self::ConsultationRated, "consultation.rated"),
        (Self::ConsultationTagged, "consultation.tagged"),
        (Self::ConsultationUntagged, "consultation.untagged"),
        (Self::ConsultationFieldsChanged, "consultation.fields_changed"),
        (Self::ConsultationErased, "consultation.erased"),
        (Self::ConsultationAssigned, "consultation.assigned"),
        (Self::ConsultationMoved, "consultation.moved"),
        (Self::ConsultationRaised, "consultation.raised"),
        (Self::ConsultationLowered, "consultation.lowered"),
        (Self::ConsultationTakenOver, "consultation.taken_over"),
        (Self::ConsultationAnswersChanged, "consultation.answers_changed"),
        (Self::ConsultationSilenceWarned, "consultation.silence_warned"),
        (Self::ParticipantJoined, "participant.joined"),
        (Self::ParticipantLeft, "participant.left"),
        (Self::QueueInvitationMade, "queue_invitation.made"),
        (Self::QueueInvitationAccepted, "queue_invitation.accepted"),
        (Self::QueueInvitationRefused, "queue_invitation.refused"),
        (Self::QueueInvitationDeclined, "queue_invitation.declined"),
        (Self::QueueInvitationExpired, "queue_invitation.expired"),
        (Self::QueueInvitationTakenBack, "queue_invitation.taken_back"),
        (Self::QueueInvitationOver, "queue_invitation.over"),
        (Self::ConclusionSigned, "conclusion.signed"),
        (Self::ConclusionAmended, "conclusion.amended"),
        (Self::NoteWritten, "note.written"),
        (Self::NoteEdited, "note.edited"),
        (Self::NoteDeleted, "note.deleted"),
        (Self::CallStarted, "call.started"),
        (Self::CallAnswered, "call.answered"),
        (Self::CallEnded, "call.ended"),
        (Self::CallbackOrdered, "callback.ordered"),
        (Self::CallbackTaken, "callback.taken"),
        (Self::CallbackReleased, "callback.released"),
        (Self::CallbackCalled, "callback.called"),
        (Self::CallbackTelephoned, "callback.telephoned"),
        (Self::CallbackNotAnswered, "callback.not_answered"),
        (Self::CallbackPutOff, "callback.put_off"),
        (Self::CallbackMoved, "callback.moved"),
        (Self::CallbackFinished, "callback.finished"),
        (Self::CallbackCancelled, "callback.cancelled"),
        (Self::CallbackOverdue, "callback.overdue"),
        (Self::FollowUpMade, "follow_up.made"),
        (Self::FollowUpChanged, "follow_up.changed"),
        (Self::FollowUpPutOff, "follow_up.put_off"),
        (Self::FollowUpHanded, "follow_up.handed"),
        (Self::FollowUpHandedOn, "follow_up.handed_on"),
        (Self::FollowUpDue, "follow_up.due"),
        (Self::FollowUpDone, "follow_up.done"),
        (Self::FollowUpCancelled, "follow_up.cancelled"),
        (Self::FollowUpMessageSent, "follow_up.message_sent"),
        (Self::FollowUpMessageFailed, "follow_up.message_failed"),
        (Self::RuleAlarmed, "rule.alarmed"),
        (Self::ConsentGiven, "consent.given"),
        (Self::ConsentWithdrawn, "consent.withdrawn"),
        (Self::HoldPlaced, "hold.placed"),
        (Self::HoldLifted, "hold.lifted"),
        (Self::PatientCreated, "patient.created"),
        (Self::PatientChanged, "patient.changed"),
        (Self::PatientMerged, "patient.merged"),
        (Self::PatientUnmerged, "patient.unmerged"),
        (Self::PatientDeleted, "patient.deleted"),
        (Self::OperatorStatusChanged, "operator.status_changed"),
        (Self::WebhookTest, "webhook.test"),
    ];
}

impl Type {
    /// The types that an endpoint can choose; a test goes to it by itself.
    pub(super) fn choices() -> Vec<Self> {
        Self::WORDS.iter().map(|(value, _)| *value).filter(|value| *value != Self::WebhookTest).collect()
    }

    /// The type of a machine's step, by the words of its history. `None`: partners are not told of it.
    pub(super) fn of_step(machine: &str, action: &str) -> Option<Self> {
        let found = |(_, word): &&(Self, &str)| word.split_once('.') == Some((machine, action));
        Self::WORDS.iter().find(found).map(|(value, _)| *value)
    }
}

impl Word for WebhookField {
    const NAME: &'static str = "field";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::PatientName, "patient.name"),
        (Self::PatientPhone, "patient.phone"),
        (Self::PatientEmail, "patient.email"),
        (Self::PatientBirthDate, "patient.birth_date"),
    ];
}

impl Word for WebhookOffReason {
    const NAME: &'static str = "reason of being off";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Supervisor, "supervisor"), (Self::Failing, "failing"), (Self::Gone, "gone")];
}

impl Word for WebhookFailure {
    const NAME: &'static str = "failure";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Status, "status"),
        (Self::Gone, "gone"),
        (Self::Redirect, "redirect"),
        (Self::Timeout, "timeout"),
        (Self::Connection, "connection"),
        (Self::Address, "address"),
        (Self::Backlog, "backlog"),
    ];
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::fmt::Debug;

    use serde::Serialize;

    use super::{Type, WebhookFailure, WebhookField, WebhookOffReason, Word};

    fn words_are_those_of_the_wire<T: Word + Serialize + Debug>() {
        for (value, word) in T::WORDS {
            assert_eq!(serde_json::to_value(value).unwrap(), *word);
        }
    }

    #[test]
    fn the_database_uses_the_words_of_the_wire() {
        words_are_those_of_the_wire::<Type>();
        words_are_those_of_the_wire::<WebhookField>();
        words_are_those_of_the_wire::<WebhookOffReason>();
        words_are_those_of_the_wire::<WebhookFailure>();
    }

    #[test]
    fn a_step_that_partners_are_not_told_of_has_no_type() {
        assert_eq!(Type::of_step("callback", "not_answered"), Some(Type::CallbackNotAnswered));
        assert_eq!(Type::of_step("callback", "noted"), None);
        assert_eq!(Type::of_step("webhook", "queued"), None);
    }
}
