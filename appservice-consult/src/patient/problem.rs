//! What the errors of patients' cards are on the wire.

use super::PatientError;
use crate::api::problem::ApiError;
use crate::field::problem::{no_such_field, not_yours};

impl From<PatientError> for ApiError {
    fn from(error: PatientError) -> Self {
        match error {
            PatientError::NotFound => ApiError::not_found(),
            PatientError::Deleted => ApiError::erased(),
            PatientError::ExternalIdTaken => ApiError::conflict("Another patient has this `external_id`."),
            PatientError::Card(error) => ApiError::invalid_fields(error.0),
            PatientError::NotYours(id) => not_yours(&id),
            PatientError::NoSuchField => no_such_field(),
            PatientError::Cursor(error) => error.into(),
            PatientError::Homeserver(source) => source.into(),
            PatientError::Store(source) => source.into(),
        }
    }
}
