//! What the errors of deleting an account are on the wire.

use super::{DeletionError, Obstacle};
use crate::api::problem::ApiError;

impl From<DeletionError> for ApiError {
    fn from(error: DeletionError) -> Self {
        match error {
            DeletionError::NotFound => ApiError::not_found(),
            DeletionError::NotNow(obstacle) => not_now(obstacle),
            DeletionError::Retention(error) => error.into(),
            error @ DeletionError::Callback(_) => ApiError::internal(error),
            DeletionError::Archive(error) => error.into(),
            DeletionError::Homeserver(source) => source.into(),
            DeletionError::Keeper(source) => source.into(),
            DeletionError::Store(source) => source.into(),
        }
    }
}

fn not_now(obstacle: Obstacle) -> ApiError {
    match obstacle {
        Obstacle::Consultation(id, phase) => ApiError::already_open(id, phase),
        Obstacle::Call => ApiError::conflict("A call is on: hang up first."),
        Obstacle::Callback(id) => ApiError::callback_open(id),
        Obstacle::Sealing => ApiError::conflict("The last consultation is being put away: try again in a minute."),
        Obstacle::Staff => ApiError::conflict("The account is a member of staff's: it is not deleted here."),
    }
}
