//! What the errors of invitations are on the wire.

use super::InvitationError;
use crate::api::problem::ApiError;

impl From<InvitationError> for ApiError {
    fn from(error: InvitationError) -> Self {
        match error {
            InvitationError::NotFound => ApiError::not_found(),
            InvitationError::Over(state) => ApiError::invitation_over(state),
            InvitationError::HasCome => {
                ApiError::conflict("The patient has set a password already, and signs in with the login.")
            }
            InvitationError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            error @ InvitationError::NoLogin => ApiError::unavailable(error),
            InvitationError::Patient(error) => error.into(),
            InvitationError::Homeserver(source) => source.into(),
            InvitationError::Store(source) => source.into(),
        }
    }
}
