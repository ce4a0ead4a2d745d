//! What the errors of patients' cards, and of saying that two are two people's, are on the wire.

use super::{DismissError, PatientError};
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

impl From<DismissError> for ApiError {
    fn from(error: DismissError) -> Self {
        match error {
            DismissError::NotFound => ApiError::not_found(),
            DismissError::OneCard => ApiError::conflict("It is one card. Accounts on it are separated again."),
            DismissError::NotSuggested => ApiError::conflict("Nothing suggests that the two cards are one person's."),
            DismissError::Store(source) => source.into(),
        }
    }
}
