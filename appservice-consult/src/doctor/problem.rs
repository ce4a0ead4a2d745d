//! What the errors of a look at the installation are on the wire.

use super::DoctorError;
use crate::api::problem::ApiError;

impl From<DoctorError> for ApiError {
    fn from(error: DoctorError) -> Self {
        match error {
            DoctorError::Absent => ApiError::conflict(
                "This installation cannot be looked at from here: run `consilium doctor` on the machine.",
            ),
            DoctorError::Store(source) => source.into(),
        }
    }
}
