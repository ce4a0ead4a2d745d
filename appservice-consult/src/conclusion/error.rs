//! Why a conclusion is not read, written or signed.

use super::signature::SignatureError;
use crate::api::types::FieldError;
use crate::ids::OperatorId;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum ConclusionError {
    /// There is no such consultation or version, or not for this caller.
    #[error("no such conclusion")]
    NotFound,
    /// Operators of this queue write none.
    #[error("no conclusions are written in this queue")]
    Off,
    /// He has no part in the consultation.
    #[error("the conclusion is not open to him")]
    NotOpen,
    /// Only who leads or led it, or a supervisor, signs.
    #[error("he may not sign")]
    MayNotSign,
    /// The consultation does not stand where conclusions are written.
    #[error("not in this phase")]
    WrongPhase,
    /// Somebody saved or signed meanwhile.
    #[error("it was changed meanwhile")]
    Changed {
        /// Who.
        by: OperatorId,
    },
    /// The first version was signed already: it is amended.
    #[error("it is signed already")]
    AlreadySigned,
    /// There is nothing to amend.
    #[error("nothing was signed yet")]
    NotSigned,
    /// Nothing was written since the last signature.
    #[error("nothing was written since it was signed")]
    NothingNew,
    /// Fields cannot be so, or are missing.
    #[error("the conclusion is not valid")]
    Invalid(Vec<FieldError>),
    /// No signature was made.
    #[error("no signature was made")]
    Signature(#[from] SignatureError),
    /// What is stored is not what was signed, or does not open.
    #[error("a stored conclusion does not open")]
    DoesNotOpen,
    /// The document could not be drawn.
    #[error("the document could not be made: {0}")]
    Pdf(String),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
