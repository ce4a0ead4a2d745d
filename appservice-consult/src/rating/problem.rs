//! What the errors of ratings are on the wire.

use super::RatingError;
use crate::api::problem::ApiError;

impl From<RatingError> for ApiError {
    fn from(error: RatingError) -> Self {
        match error {
            RatingError::NotFound => ApiError::not_found(),
            RatingError::NotNow => ApiError::conflict(
                "A consultation is rated within two weeks after it was closed, where its queue is rated.",
            ),
            RatingError::NotOpen => {
                ApiError::forbidden("A rating is read by who took part to the end, and supervisors.")
            }
            RatingError::Invalid(field) => ApiError::invalid_fields(vec![field]),
            RatingError::Store(source) => source.into(),
        }
    }
}
