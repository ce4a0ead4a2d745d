//! What can go wrong when somebody goes, by what the caller can do about it.

use crate::api::types::FieldError;
use crate::consultation::ConsultationError;
use crate::operator::OperatorError;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum LeavingError {
    /// A field cannot be so.
    #[error("a field is not valid")]
    Invalid(FieldError),
    /// His status could not be written.
    #[error("the status could not be written")]
    Operator(#[from] OperatorError),
    /// A consultation could not be handed on.
    #[error("a consultation could not be handed on")]
    Consultation(#[from] ConsultationError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
