//! What the errors of handing over keys are on the wire.

use crate::api::problem::ApiError;

use super::KeysError;

impl From<KeysError> for ApiError {
    fn from(error: KeysError) -> Self {
        match error {
            KeysError::NotHere => {
                ApiError::forbidden("Only who takes part in the open consultation gets the conversation's keys.")
            }
            KeysError::IdentityChanged => ApiError::identity_changed(),
            KeysError::Keeper(source) => source.into(),
            KeysError::Store(source) => source.into(),
        }
    }
}
