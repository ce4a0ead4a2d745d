//! Why settings are not changed.

use crate::api::types::FieldError;
use crate::ids::OperatorId;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// There is no such section, or no such version of it.
    #[error("no such section")]
    NotFound,
    /// Fields that cannot be so.
    #[error("the settings are not valid")]
    Invalid(Vec<FieldError>),
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed {
        /// Who; `None`: it is not a version that there was.
        by: Option<OperatorId>,
    },
    /// Versions of texts that stood for other texts before, by their fields.
    #[error("a version is another text's")]
    VersionTaken(Vec<FieldError>),
    /// Something stands in the queue, stood there once, or somebody serves it.
    #[error("the queue is in use")]
    QueueInUse,
    /// Queues ask these questions.
    #[error("queues ask these questions")]
    QuestionnaireInUse {
        /// Which, by their ids.
        queues: Vec<String>,
    },
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
