//! What the errors of persons that somebody acts for are on the wire.

use super::{PERSONS_MAX, PersonError};
use crate::api::problem::ApiError;

impl From<PersonError> for ApiError {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::NotFound => ApiError::not_found(),
            PersonError::Deleted => ApiError::erased(),
            PersonError::Full => {
                ApiError::conflict(format!("You act for {PERSONS_MAX} persons, which is as many as there may be."))
            }
            PersonError::Open(id, phase) => ApiError::already_open(id, phase),
            PersonError::Card(error) => ApiError::invalid_fields(error.0),
            PersonError::Store(source) => source.into(),
        }
    }
}
