//! What the errors of seeing and ending sign-ins are on the wire.

use super::SignInError;
use crate::api::problem::ApiError;

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::NotFound => ApiError::not_found(),
            SignInError::Nothing => ApiError::invalid("sign_in_ids", "Name at least one, or leave it out for all."),
            SignInError::TooMany => ApiError::invalid("sign_in_ids", "Nobody has so many: leave it out for all."),
            SignInError::NotYours => {
                ApiError::forbidden("Out of precaution, without the patient's word, supervisors sign him out.")
            }
            SignInError::Unsupported => {
                ApiError::conflict("This homeserver does not tell where its accounts are signed in.")
            }
            SignInError::Patient(source) => source.into(),
            SignInError::Homeserver(source) => source.into(),
            SignInError::Store(source) => source.into(),
        }
    }
}
