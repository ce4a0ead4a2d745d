//! What can go wrong with a demonstration's end.

use consilium_appservice::ClientError;

use crate::callback::CallbackError;
use crate::consultation::ConsultationError;
use crate::deletion::DeletionError;
use crate::operator::OperatorError;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// What was typed is not the brand's name.
    #[error("it is not confirmed")]
    NotConfirmed,
    /// Who asks is one of those who would go.
    #[error("who asks is a demonstration's account")]
    Yourself,
    /// There are no accounts of a demonstration.
    #[error("there is nothing to remove")]
    Nothing,
    /// A consultation could not be ended.
    #[error("a consultation cannot be ended")]
    Consultation(#[from] ConsultationError),
    /// A call-back could not be ended.
    #[error("a call-back cannot be ended")]
    Callback(#[from] CallbackError),
    /// An account could not be deleted.
    #[error("an account cannot be deleted")]
    Deletion(#[from] DeletionError),
    /// A member of staff could not be parted.
    #[error("a member of staff cannot be parted")]
    Operator(#[from] OperatorError),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
