//! What the errors are on the wire that every feature may meet: of the store, of pages, of the homeserver, of the keeper.
//!
//! Deliberately absent: the errors of each feature. They become problems in its own `problem.rs`, one `match` without `_`.

use super::problem::ApiError;
use crate::page::BadCursor;
use crate::store::StoreError;
use consilium_appservice::ClientError;
use consilium_keeper::KeeperError;

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.may_pass() { ApiError::unavailable(error) } else { ApiError::internal(error) }
    }
}

impl From<BadCursor> for ApiError {
    fn from(error: BadCursor) -> Self {
        ApiError::malformed("cursor", error.to_string())
    }
}

impl From<ClientError> for ApiError {
    fn from(error: ClientError) -> Self {
        if error.may_pass() { ApiError::unavailable(error) } else { ApiError::internal(error) }
    }
}

impl From<KeeperError> for ApiError {
    fn from(error: KeeperError) -> Self {
        match error {
            error if error.may_pass() => ApiError::unavailable(error),
            KeeperError::IdentityChanged { .. } => ApiError::identity_changed(),
            KeeperError::NoIdentity { .. } => ApiError::keys_missing(),
            KeeperError::Unreachable(_)
            | KeeperError::Busy
            | KeeperError::Closed
            | KeeperError::Config { .. }
            | KeeperError::KeyFile { .. }
            | KeeperError::WrongKey
            | KeeperError::ForeignFolder(_)
            | KeeperError::InUse
            | KeeperError::ForeignIdentity
            | KeeperError::ForeignDevice
            | KeeperError::NotCrossSigned
            | KeeperError::Refused { .. }
            | KeeperError::BadAnswer { .. }
            | KeeperError::NotATransaction(_)
            | KeeperError::BadArgument { .. }
            | KeeperError::NotInRoom(_)
            | KeeperError::Backup(_)
            | KeeperError::SecretDamaged { .. }
            | KeeperError::Store(_)
            | KeeperError::Crypto(_) => ApiError::internal(error),
        }
    }
}
