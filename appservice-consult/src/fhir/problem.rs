//! What the errors of an export are on the wire.

use super::FhirError;
use crate::api::problem::ApiError;

impl From<FhirError> for ApiError {
    fn from(error: FhirError) -> Self {
        match error {
            FhirError::NotSealed => {
                ApiError::conflict("The consultation is not over: it can be exported once it is in the archive.")
            }
            FhirError::Archive(error) => error.into(),
            FhirError::Store(source) => source.into(),
        }
    }
}
