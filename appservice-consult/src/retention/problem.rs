//! What the errors of holds and of erasing are on the wire.

use super::RetentionError;
use crate::api::problem::ApiError;

impl From<RetentionError> for ApiError {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::NotFound => ApiError::not_found(),
            RetentionError::Held => ApiError::held(),
            RetentionError::NotSealed => {
                ApiError::conflict("The consultation is not over, or not all of it is in the archive yet.")
            }
            RetentionError::MayReopen(until) => ApiError::conflict(format!(
                "A message of the patient may open the consultation again until {until}: erase it afterwards."
            )),
            RetentionError::NotDue => ApiError::conflict("Its time is not over."),
            RetentionError::Lifted => ApiError::conflict("The hold was lifted already."),
            RetentionError::TooMany => ApiError::conflict("There are as many holds on it as there may be."),
            RetentionError::RequestUsed => ApiError::invalid("request_id", "It belongs to another hold."),
            RetentionError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            RetentionError::Cursor(error) => error.into(),
            RetentionError::Archive(error) => error.into(),
            RetentionError::Homeserver(source) => source.into(),
            RetentionError::Store(source) => source.into(),
        }
    }
}
