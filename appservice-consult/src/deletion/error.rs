//! What can go wrong with the end of an account.

use consilium_appservice::ClientError;
use consilium_keeper::KeeperError;

use super::survey::Obstacle;
use crate::archive::ArchiveError;
use crate::callback::CallbackError;
use crate::retention::RetentionError;
use crate::store::StoreError;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum DeletionError {
    /// There is no such patient.
    #[error("no such patient")]
    NotFound,
    /// Something has to be ended first.
    #[error("something is not over: {0:?}")]
    NotNow(Obstacle),
    /// A record, or a reason, is not as it should be.
    #[error("a record cannot be erased")]
    Retention(#[from] RetentionError),
    /// A call-back could not be erased.
    #[error("a call-back cannot be erased")]
    Callback(#[from] CallbackError),
    /// The archive failed.
    #[error("the archive failed")]
    Archive(#[from] ArchiveError),
    /// The homeserver did not do its part.
    #[error("the homeserver did not do its part")]
    Homeserver(#[from] ClientError),
    /// The keeper did not do its part.
    #[error("the keeper did not do its part")]
    Keeper(#[from] KeeperError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}
