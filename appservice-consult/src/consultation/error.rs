//! What can go wrong with a consultation, by what the caller can do about it.

use super::command::Refusal;
use crate::api::types::{FieldError, Phase};
use crate::consent::ConsentError;
use crate::ids::ConsultationId;
use crate::page::BadCursor;
use crate::store::StoreError;
use consilium_appservice::ClientError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum ConsultationError {
    /// There is none of that id, or not for this caller.
    #[error("no such consultation")]
    NotFound,
    /// The machine refused.
    #[error("the consultation does not allow it: {0:?}")]
    Refused(Refusal),
    /// The brand has no such queue.
    #[error("no such queue")]
    NoSuchQueue,
    /// The patient acts for no such person, or for him no more.
    #[error("no such person")]
    NoSuchPerson,
    /// There is no such operator.
    #[error("no such operator")]
    NoSuchOperator,
    /// The queue shares no history with the consultation's.
    #[error("the queue belongs to another circle")]
    OtherCircle,
    /// The answers to what the queue asks cannot be kept.
    #[error("the answers are not those that were asked for")]
    Answers(Vec<FieldError>),
    /// Others changed the answers after the caller saw them.
    #[error("the answers were changed meanwhile")]
    AnswersChanged,
    /// It is about somebody else by now than was seen.
    #[error("it was corrected meanwhile for whom it is")]
    PersonChanged,
    /// Something has to be agreed to first, or anew.
    #[error("consents do not stand")]
    Consent(#[from] ConsentError),
    /// As many wait as the queue takes.
    #[error("the queue is full")]
    QueueFull,
    /// A consultation is open in the circle already.
    #[error("a consultation is open already")]
    AlreadyOpen(ConsultationId, Phase),
    /// Others changed it again and again in between.
    #[error("the consultation changed meanwhile")]
    Contended,
    /// Its queue asks for a signed conclusion before it is closed.
    #[error("a conclusion is missing")]
    ConclusionMissing,
    /// Its queue asks for these fields before it is closed.
    #[error("fields are not filled in")]
    FieldsMissing(Vec<String>),
    /// The cursor is of another list.
    #[error(transparent)]
    Cursor(#[from] BadCursor),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[source] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<ClientError> for ConsultationError {
    fn from(error: ClientError) -> Self {
        Self::Homeserver(error)
    }
}

impl From<Refusal> for ConsultationError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
