//! Why a room cannot be written or read, and how that is said to a client.

use std::time::Duration;

use consilium_event::{BuildError, Denied, redact::RedactError};
use consilium_store::{CommitError, StoreError};
use http::StatusCode;
use ruma::api::error::ErrorKind;

use crate::http::error::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The room does not exist here, or the requester may not know that it does.
    #[error("no such room for this requester")]
    NotInRoom,
    /// A rule of the room, or of the server, does not allow it.
    #[error("refused by a rule: {0}")]
    Denied(#[from] Denied),
    /// The target of a membership change has another membership than the change needs.
    #[error("the membership does not allow this: {0}")]
    BadState(&'static str),
    /// A room can be forgotten only after it was left.
    #[error("the user is still in the room")]
    StillInRoom,
    /// An alias of the content does not point to the room.
    #[error("an alias does not point to this room")]
    BadAlias,
    #[error("not found: {0}")]
    NotFound(&'static str),
    #[error("the content is not valid: {0}")]
    BadContent(String),
    #[error("a parameter is not valid: {0}")]
    InvalidParam(String),
    #[error("the same annotation exists")]
    DuplicateAnnotation,
    #[error("the room version is not supported")]
    UnsupportedVersion,
    #[error("too large: {0}")]
    TooLarge(&'static str),
    /// The room's writer has as much to do as it may have.
    #[error("the room is busy")]
    Busy,
    #[error("the event cannot be built")]
    Build(#[source] BuildError),
    #[error("the event cannot be redacted")]
    Redact(#[from] RedactError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl RoomError {
    pub fn denied(reason: &str) -> Self {
        Self::Denied(Denied(reason.into()))
    }
}

impl From<BuildError> for RoomError {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::TooLarge => Self::TooLarge("The event is larger than 65,535 bytes."),
            BuildError::FieldTooLong(_) => Self::TooLarge("A field of the event is longer than 255 bytes."),
            error @ (BuildError::Json(_) | BuildError::Serialize(_) | BuildError::NoEventId) => Self::Build(error),
        }
    }
}

/// How long a client waits before it asks a busy room again.
const RETRY_BUSY: Duration = Duration::from_millis(500);

impl From<RoomError> for ApiError {
    fn from(error: RoomError) -> Self {
        match error {
            RoomError::NotInRoom => Self::forbidden("You are not in this room, or it does not exist."),
            RoomError::Denied(Denied(reason)) => Self::forbidden(reason),
            RoomError::BadState(reason) => Self::new(StatusCode::FORBIDDEN, ErrorKind::BadState, reason),
            RoomError::StillInRoom => {
                Self::bad_request(ErrorKind::Unknown, "You are still in this room: leave it first.")
            }
            RoomError::BadAlias => Self::bad_request(ErrorKind::BadAlias, "An alias does not point to this room."),
            RoomError::NotFound(what) => Self::not_found(what),
            RoomError::BadContent(reason) => Self::bad_json(reason),
            RoomError::InvalidParam(reason) => Self::invalid_param(reason),
            RoomError::DuplicateAnnotation => {
                Self::bad_request(ErrorKind::DuplicateAnnotation, "You have already sent this annotation.")
            }
            RoomError::UnsupportedVersion => {
                Self::bad_request(ErrorKind::UnsupportedRoomVersion, "This server does not make rooms of this version.")
            }
            RoomError::TooLarge(reason) => Self::too_large(reason),
            RoomError::Busy => Self::limit_exceeded(RETRY_BUSY),
            RoomError::Build(error) => Self::internal(error),
            RoomError::Redact(error) => Self::internal(error),
            RoomError::Store(error) => error.into(),
            RoomError::Commit(error) => error.into(),
        }
    }
}
