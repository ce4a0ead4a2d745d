//! How enumerations of the API stand in the database: the same words as on the wire. Each list is here once, read both ways.

use crate::api::types::{
    ActorKind, AuditRole, CallKind, CallOutcome, CallSide, CallState, CallbackEnding, CallbackMeans, CallbackOutcome,
    CallbackPhase, CallbackSource, ChecklistItemId, DeclineReason, DeviceState, OperatorRole, OperatorStatus,
    ParticipantRole, Phase, QueueInvitationState, SavedViewSection, SenderKind, Sex, SignOutReason, TagColor,
    TransferCause,
};
use crate::call::Reason;
use crate::consent::Decision;
use crate::consultation::Mark;
use crate::store::StoreError;

/// An enumeration with a word for each value.
pub trait Word: Sized + Copy + PartialEq + 'static {
    /// All values with their words.
    const WORDS: &'static [(Self, &'static str)];
    /// What it is, for errors.
    const NAME: &'static str;

    /// The value's word.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    /// The value of a word.
    fn from_word(word: &str) -> Result<Self, StoreError> {
        let found = Self::WORDS.iter().find(|(_, known)| *known == word);
        found.map(|(value, _)| *value).ok_or_else(|| StoreError::unknown_value(Self::NAME, word))
    }
}

impl Word for Phase {
    const NAME: &'static str = "phase";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Queued, "queued"),
        (Self::Active, "active"),
        (Self::OnHold, "on_hold"),
        (Self::Archived, "archived"),
        (Self::Cancelled, "cancelled"),
        (Self::Abandoned, "abandoned"),
    ];
}

impl Word for SignOutReason {
    const NAME: &'static str = "reason of a sign-out";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Lost, "lost"),
        (Self::NotTheirs, "not_theirs"),
        (Self::Asked, "asked"),
        (Self::Precaution, "precaution"),
    ];
}

impl Word for ChecklistItemId {
    const NAME: &'static str = "checklist item";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Look, "look"),
        (Self::Contacts, "contacts"),
        (Self::Email, "email"),
        (Self::Legal, "legal"),
        (Self::Security, "security"),
        (Self::Profile, "profile"),
        (Self::Queue, "queue"),
        (Self::Cover, "cover"),
        (Self::Supervisor, "supervisor"),
        (Self::Address, "address"),
        (Self::Calls, "calls"),
        (Self::KeyBackup, "key_backup"),
        (Self::Backups, "backups"),
        (Self::Rehearsal, "rehearsal"),
        (Self::Demo, "demo"),
    ];
}

impl Word for Mark {
    const NAME: &'static str = "mark";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::None, "none"), (Self::Warned, "warned"), (Self::Broken, "broken")];
}

impl Word for Decision {
    const NAME: &'static str = "consent decision";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Given, "given"), (Self::Withdrawn, "withdrawn")];
}

impl Word for ParticipantRole {
    const NAME: &'static str = "participant role";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Lead, "lead"),
        (Self::Consultant, "consultant"),
        (Self::Observer, "observer"),
        (Self::Trainee, "trainee"),
    ];
}

impl Word for TransferCause {
    const NAME: &'static str = "cause of a transfer";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Handed, "handed"), (Self::Lost, "lost")];
}

impl Word for DeviceState {
    const NAME: &'static str = "state of a device";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Works, "works"),
        (Self::Denied, "denied"),
        (Self::Absent, "absent"),
        (Self::Busy, "busy"),
        (Self::Failed, "failed"),
    ];
}

impl Word for QueueInvitationState {
    const NAME: &'static str = "state of an invitation of a queue";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Open, "open"),
        (Self::Accepted, "accepted"),
        (Self::Declined, "declined"),
        (Self::Expired, "expired"),
        (Self::TakenBack, "taken_back"),
        (Self::Over, "over"),
    ];
}

impl Word for OperatorRole {
    const NAME: &'static str = "role";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Operator, "operator"), (Self::Supervisor, "supervisor"), (Self::Administrator, "administrator")];
}

impl Word for OperatorStatus {
    const NAME: &'static str = "status";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Online, "online"),
        (Self::TransferOnly, "transfer_only"),
        (Self::Away, "away"),
        (Self::Break, "break"),
        (Self::GoingOff, "going_off"),
        (Self::Offline, "offline"),
    ];
}

impl Word for ActorKind {
    const NAME: &'static str = "actor";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Patient, "patient"),
        (Self::Operator, "operator"),
        (Self::Partner, "partner"),
        (Self::System, "system"),
    ];
}

impl Word for SenderKind {
    const NAME: &'static str = "sender";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Patient, "patient"), (Self::Operator, "operator"), (Self::System, "system")];
}

impl Word for AuditRole {
    const NAME: &'static str = "role";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Patient, "patient"),
        (Self::Operator, "operator"),
        (Self::Supervisor, "supervisor"),
        (Self::Partner, "partner"),
        (Self::System, "system"),
    ];
}

impl Word for SavedViewSection {
    const NAME: &'static str = "section";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Waiting, "waiting"),
        (Self::Mine, "mine"),
        (Self::Active, "active"),
        (Self::OnHold, "on_hold"),
        (Self::Callbacks, "callbacks"),
        (Self::Archive, "archive"),
        (Self::Patients, "patients"),
    ];
}

impl Word for Sex {
    const NAME: &'static str = "sex";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Female, "female"), (Self::Male, "male"), (Self::Other, "other")];
}

impl Word for CallKind {
    const NAME: &'static str = "call";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Audio, "audio"), (Self::Video, "video")];
}

impl Word for CallState {
    const NAME: &'static str = "state of a call";
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Ringing, "ringing"), (Self::Answered, "answered"), (Self::Ended, "ended")];
}

impl Word for CallOutcome {
    const NAME: &'static str = "outcome of a call";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Completed, "completed"),
        (Self::Declined, "declined"),
        (Self::Missed, "missed"),
        (Self::Cancelled, "cancelled"),
        (Self::Busy, "busy"),
        (Self::Lost, "lost"),
    ];
}

impl Word for CallSide {
    const NAME: &'static str = "side of a call";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Patient, "patient"), (Self::Staff, "staff")];
}

impl Word for DeclineReason {
    const NAME: &'static str = "reason of a decline";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::None, "none"),
        (Self::Busy, "busy"),
        (Self::CannotTalk, "cannot_talk"),
        (Self::CallLater, "call_later"),
        (Self::WriteInstead, "write_instead"),
    ];
}

impl Word for Reason {
    const NAME: &'static str = "reason of an end";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Left, "left"),
        (Self::Duplicate, "duplicate"),
        (Self::Removed, "removed"),
        (Self::Lost, "lost"),
        (Self::RoomClosed, "room_closed"),
        (Self::Inferred, "inferred"),
    ];
}

impl Word for CallbackPhase {
    const NAME: &'static str = "phase";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::New, "new"),
        (Self::Taken, "taken"),
        (Self::Calling, "calling"),
        (Self::NoAnswer, "no_answer"),
        (Self::Done, "done"),
        (Self::Cancelled, "cancelled"),
        (Self::Archived, "archived"),
    ];
}

impl Word for CallbackSource {
    const NAME: &'static str = "source";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::App, "app"),
        (Self::Form, "form"),
        (Self::Partner, "partner"),
        (Self::Desk, "desk"),
        (Self::MissedCall, "missed_call"),
    ];
}

impl Word for CallbackMeans {
    const NAME: &'static str = "means";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::App, "app"), (Self::Telephone, "telephone")];
}

impl Word for CallbackOutcome {
    const NAME: &'static str = "outcome";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Answered, "answered"),
        (Self::NotReached, "not_reached"),
        (Self::WrongNumber, "wrong_number"),
        (Self::NotNeeded, "not_needed"),
    ];
}

impl Word for CallbackEnding {
    const NAME: &'static str = "ending";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Done, "done"), (Self::Cancelled, "cancelled")];
}

impl Word for TagColor {
    const NAME: &'static str = "color of a tag";
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Neutral, "neutral"),
        (Self::Brand, "brand"),
        (Self::Info, "info"),
        (Self::Success, "success"),
        (Self::Warning, "warning"),
        (Self::Danger, "danger"),
        (Self::Note, "note"),
    ];
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::fmt::Debug;

    use serde::Serialize;

    use super::Word;
    use crate::api::types::{
        ActorKind, AuditRole, CallKind, CallOutcome, CallSide, CallState, CallbackEnding, CallbackMeans,
        CallbackOutcome, CallbackPhase, CallbackSource, DeclineReason, OperatorRole, OperatorStatus, ParticipantRole,
        Phase, SenderKind, Sex, TagColor, TransferCause,
    };

    fn words_are_those_of_the_wire<T: Word + Serialize + Debug>() {
        for (value, word) in T::WORDS {
            assert_eq!(serde_json::to_value(value).unwrap(), *word);
            assert_eq!(T::from_word(word).unwrap(), *value);
        }
        assert!(T::from_word("?").is_err());
    }

    #[test]
    fn the_database_uses_the_words_of_the_wire() {
        words_are_those_of_the_wire::<Phase>();
        words_are_those_of_the_wire::<ParticipantRole>();
        words_are_those_of_the_wire::<TransferCause>();
        words_are_those_of_the_wire::<OperatorRole>();
        words_are_those_of_the_wire::<OperatorStatus>();
        words_are_those_of_the_wire::<ActorKind>();
        words_are_those_of_the_wire::<SenderKind>();
        words_are_those_of_the_wire::<AuditRole>();
        words_are_those_of_the_wire::<Sex>();
        words_are_those_of_the_wire::<CallKind>();
        words_are_those_of_the_wire::<CallState>();
        words_are_those_of_the_wire::<CallOutcome>();
        words_are_those_of_the_wire::<CallSide>();
        words_are_those_of_the_wire::<DeclineReason>();
        words_are_those_of_the_wire::<CallbackPhase>();
        words_are_those_of_the_wire::<CallbackSource>();
        words_are_those_of_the_wire::<CallbackMeans>();
        words_are_those_of_the_wire::<CallbackOutcome>();
        words_are_those_of_the_wire::<CallbackEnding>();
        words_are_those_of_the_wire::<TagColor>();
    }
}
