//! What media refuse, and how the specification says it.

use std::io;

use consilium_store::{CommitError, StoreError};
use http::StatusCode;
use ruma::api::error::{ErrorKind, ResourceLimitExceededErrorData};

use crate::http::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("there is no such media")]
    NotFound,
    #[error("the media id was made by another user")]
    NotYours,
    #[error("the media id has content already")]
    AlreadyUploaded,
    #[error("the content was not uploaded yet")]
    NotYetUploaded,
    #[error("the user has too many media ids whose content did not come yet")]
    TooManyPending,
    #[error("the upload is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the service's storage for media is used up")]
    QuotaExceeded,
    #[error("the upload broke off")]
    BrokenOff,
    #[error("the disk is full")]
    DiskFull,
    #[error("the content type or the file name is too long")]
    UnfitName,
    #[error("the range is outside of the content")]
    RangeNotSatisfiable { size_bytes: u64 },
    #[error("no thumbnail can be made of this content")]
    NoThumbnail,
    #[error("the content is too large for a thumbnail to be made of it")]
    TooLargeForThumbnail,
    #[error("too many thumbnails are being made")]
    Busy,
    #[error("the content cannot be read or written")]
    Disk(#[from] io::Error),
    #[error("the store cannot be read")]
    Store(#[from] StoreError),
    #[error("the batch was not written")]
    Commit(#[from] CommitError),
}

/// How long a client waits that made too many media ids, or asks while all workers are at it.
const RETRY_AFTER: std::time::Duration = std::time::Duration::from_secs(5);

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        let text = error.to_string();
        match error {
            MediaError::NotFound => Self::not_found(text),
            MediaError::NotYours => Self::forbidden(text),
            MediaError::AlreadyUploaded => Self::new(StatusCode::CONFLICT, ErrorKind::CannotOverwriteMedia, text),
            MediaError::NotYetUploaded => Self::new(StatusCode::GATEWAY_TIMEOUT, ErrorKind::NotYetUploaded, text),
            MediaError::TooManyPending | MediaError::Busy => Self::limit_exceeded(RETRY_AFTER),
            MediaError::TooLarge(_) | MediaError::TooLargeForThumbnail => Self::too_large(text),
            MediaError::QuotaExceeded => {
                let kind = ErrorKind::ResourceLimitExceeded(ResourceLimitExceededErrorData::new(String::new()));
                Self::new(StatusCode::FORBIDDEN, kind, text)
            }
            MediaError::BrokenOff | MediaError::NoThumbnail => Self::bad_request(ErrorKind::Unknown, text),
            MediaError::RangeNotSatisfiable { .. } => {
                Self::new(StatusCode::RANGE_NOT_SATISFIABLE, ErrorKind::Unknown, text)
            }
            MediaError::DiskFull => Self::unavailable(text),
            MediaError::UnfitName => Self::invalid_param(text),
            MediaError::Disk(source) => Self::internal(source),
            MediaError::Store(source) => source.into(),
            MediaError::Commit(source) => source.into(),
        }
    }
}
