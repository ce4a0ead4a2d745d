//! Why a delayed event is not taken, found or changed, and how that is said to a client.

use std::time::Duration;

use consilium_store::{CommitError, StoreError};
use http::StatusCode;
use serde_json::json;

use super::service::{DELAY_MS_MAX, SCHEDULED_MAX};
use crate::{http::ApiError, room::RoomError};

#[derive(Debug, thiserror::Error)]
pub enum DelayError {
    #[error("the delay is 0")]
    NoDelay,
    #[error("the delay is longer than {DELAY_MS_MAX} ms")]
    TooLong,
    #[error("the event is too large")]
    TooLarge,
    /// The user has as many as he may have; one of them is due then.
    #[error("{SCHEDULED_MAX} events of the user are scheduled")]
    TooMany(Duration),
    /// There is none with this id, or nothing can be done about it any more.
    #[error("there is no such delayed event")]
    NotFound,
    /// The room did not take it: what the sender would have been told.
    #[error("the room refuses the event")]
    Refused(ApiError),
    #[error("other requests of the user keep changing the same")]
    Busy,
    #[error(transparent)]
    Room(#[from] RoomError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl From<DelayError> for ApiError {
    fn from(error: DelayError) -> Self {
        let text = error.to_string();
        match error {
            DelayError::NoDelay => Self::invalid_param("The delay is at least 1 ms."),
            // Clients shorten their delay by exactly these names. Source: MSC4140.
            DelayError::TooLong => Self::extended(
                StatusCode::BAD_REQUEST,
                json!({
                    "errcode": "M_UNKNOWN",
                    "error": "The delay is longer than this server allows.",
                    "org.matrix.msc4140.errcode": "M_MAX_DELAY_EXCEEDED",
                    "org.matrix.msc4140.max_delay": DELAY_MS_MAX,
                }),
            ),
            DelayError::TooLarge => Self::too_large("The event is too large."),
            DelayError::TooMany(until_next) => Self::limit_exceeded(until_next),
            DelayError::NotFound => Self::not_found("There is no such delayed event, or it was sent or cancelled."),
            DelayError::Busy => Self::unavailable(text),
            DelayError::Refused(error) => error,
            DelayError::Room(source) => source.into(),
            DelayError::Store(source) => source.into(),
            DelayError::Commit(source) => source.into(),
        }
    }
}
