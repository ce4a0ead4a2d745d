//! Media: uploads, downloads with ranges, thumbnails.
//!
//! Source: client-server API v1.19 §Content repository.
//!
//! Invariants:
//! - Bytes lie in blobs named by their hash; a media id is a row that points at one, and the same content is stored once. References are counted
//!   in the batch that makes or takes the row; blobs without any are swept after a day.
//! - Bytes stream in both directions; only the source of a thumbnail is held whole, bounded in size and number.
//! - A browser never runs what it gets from here: sandboxed, never sniffed, shown inline only where the type is harmless.
//! - Every download needs a token.

mod disposition;
mod error;
mod range;
mod records;
pub mod routes;
mod service;
mod sweep;
mod thumbnail;

pub use error::MediaError;
pub use records::{MediaRow, MediaState, Stored, ThumbnailRow};
pub use service::{Media, MediaParts};
