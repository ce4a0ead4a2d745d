//! What can go wrong with a call-back, by what the caller can do about it.

use super::challenge::ChallengeError;
use super::command::Refusal;
use crate::api::types::FieldError;
use crate::archive::ArchiveError;
use crate::call::CallError;
use crate::consent::ConsentError;
use crate::consultation::ConsultationError;
use crate::ids::CallbackId;
use crate::page::BadCursor;
use crate::store::StoreError;
use crate::time::Time;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    /// There is none of that id, or not for this caller.
    #[error("no such call-back")]
    NotFound,
    /// The machine refused.
    #[error("the call-back does not allow it: {0:?}")]
    Refused(Refusal),
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// Nobody of the queue works in all of the window.
    #[error("nobody works at that time")]
    OutsideHours {
        /// When the queue opens next after the window's start, as far as that can be said.
        opens_at: Option<Time>,
    },
    /// One is open in the conversation already.
    #[error("a call-back is open already")]
    AlreadyOpen(CallbackId),
    /// Something has to be agreed to first, or anew.
    #[error("consents do not stand")]
    Consent(#[from] ConsentError),
    /// As many wait as the queue takes.
    #[error("the queue is full")]
    QueueFull,
    /// Others changed it again and again in between.
    #[error("the call-back changed meanwhile")]
    Contended,
    /// It has no conversation: its orderer has no account and can only be called by telephone.
    #[error("the call-back has no conversation")]
    NoConversation,
    /// The brand has no public form.
    #[error("there is no public form")]
    NoForm,
    /// The consent's text has changed since the form was shown.
    #[error("the consent's text has changed")]
    ConsentChanged,
    /// The challenge is not solved.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The challenge was used before.
    #[error("the challenge was used")]
    Replayed,
    /// The conversation could not be made.
    #[error("the conversation could not be made")]
    Conversation(#[source] ConsultationError),
    /// It could not be sealed or opened.
    #[error("the archive failed")]
    Archive(#[from] ArchiveError),
    /// The call could not be made.
    #[error("the call could not be made")]
    Call(#[from] CallError),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<Refusal> for CallbackError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldError> for CallbackError {
    fn from(error: FieldError) -> Self {
        Self::Invalid(error)
    }
}
