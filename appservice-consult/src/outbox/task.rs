//! What a row of the outbox says.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::callback;
use crate::consultation::Notice;
use crate::deletion;
use crate::ids::{
    CallId, CallbackId, ConsultationId, ConversationId, FollowUpId, OperatorId, PatientId, RoomId, UserId,
};
use crate::time::Time;

/// Something to do outside. Ids only: texts are made when it is done, or lie sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Give a member all keys of the history, if he still takes part when it is done.
    HandOver {
        /// Whose history.
        conversation: ConversationId,
        /// Its room.
        room: RoomId,
        /// To whom.
        user: UserId,
    },
    /// Give a member what his devices lack: he has joined, or his devices changed.
    Complete {
        /// Whose history.
        conversation: ConversationId,
        /// Its room.
        room: RoomId,
        /// To whom.
        user: UserId,
    },
    /// Ask a user into a room, if he still takes part when it is done.
    Invite {
        /// Where.
        room: RoomId,
        /// Whom.
        user: UserId,
    },
    /// Let those write in a conversation's room who may, as the books say when it is done.
    Levels {
        /// Which conversation.
        conversation: ConversationId,
        /// Its room.
        room: RoomId,
    },
    /// Take a user out of a room.
    Remove {
        /// Where.
        room: RoomId,
        /// Whom.
        user: UserId,
    },
    /// Say something in a room.
    Say {
        /// Where.
        room: RoomId,
        /// About what.
        consultation: ConsultationId,
        /// What.
        notice: Notice,
        /// The operator that it names.
        operator: Option<OperatorId>,
    },
    /// Write a consultation's phase into the room's state.
    Announce {
        /// Where.
        room: RoomId,
        /// Of what.
        consultation: ConsultationId,
        /// Content of the state event.
        content: Value,
    },
    /// Seal what was said.
    Seal {
        /// In what.
        consultation: ConsultationId,
        /// `since` of the announcement that closes it: everything said before it belongs to the record.
        announced: Time,
    },
    /// Say in a room how a call ended.
    SayCall {
        /// Where.
        room: RoomId,
        /// Of which.
        call: CallId,
    },
    /// Say in a room what became of a call-back.
    SayCallback {
        /// Where.
        room: RoomId,
        /// Of which.
        callback: CallbackId,
        /// What.
        notice: callback::Notice,
        /// Who had it in his hands then.
        operator: Option<OperatorId>,
    },
    /// Say in a room what staff planned to write to its patient, if it still is to be said when it is done.
    SayFollowUp {
        /// Where.
        room: RoomId,
        /// Of which.
        follow_up: FollowUpId,
    },
    /// Say in a room which consents its patient has to give, where some are missing still.
    AskConsents {
        /// Where.
        room: RoomId,
        /// Whose.
        patient: PatientId,
    },
    /// Answer somebody who asks the keeper into a room.
    AnswerDoor {
        /// Which.
        room: RoomId,
        /// Who asks.
        user: UserId,
    },
    /// Leave a room in which a patient spoke to the desk.
    LeaveDesk {
        /// Which.
        room: RoomId,
    },
    /// Say in a room what the desk has to say to a patient.
    SayPlainly {
        /// Where.
        room: RoomId,
        /// What, sealed with the tenant's key, base64.
        sealed: String,
    },
    /// Ask a patient into the conversation of the service that he chose, and say at the desk where it is.
    OpenWay {
        /// The desk's room.
        room: RoomId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// Say in a room which place in line its consultation has, where it still waits when it is done.
    SayPlace {
        /// Where.
        room: RoomId,
        /// Of which.
        consultation: ConsultationId,
    },
    /// Order a call-back for a patient who called and whom nobody answered.
    CallBack {
        /// The call.
        call: CallId,
    },
    /// Seal a call-back that has ended.
    SealCallback {
        /// Which.
        callback: CallbackId,
    },
    /// End the media room of a call that is over.
    EndMedia {
        /// Which.
        media_room: String,
    },
    /// Remove a file of an erased consultation from the homeserver.
    RemoveFile {
        /// Of which.
        consultation: ConsultationId,
        /// `mxc:` address.
        url: String,
    },
    /// Carry out a part of the end of an account.
    DeleteAccount {
        /// Whose.
        patient: PatientId,
        /// Which.
        part: deletion::Part,
    },
    /// Sign an operator's identity.
    Trust {
        /// Whose.
        user: UserId,
    },
}

impl Task {
    /// Whether several of the same in a row need to be done only once, in the place of the last: a join tells twice of what the member's devices lack.
    pub(super) fn is_done_by_the_last(&self) -> bool {
        matches!(self, Self::Complete { .. } | Self::Trust { .. })
    }
}
