//! The rim: how requests become values and results become responses.
//!
//! - [`matrix::Matrix`] decodes a ruma request and encodes a ruma response; [`error::ApiError`] is the only error that leaves.
//! - [`host`] finds the tenant by the `Host` header; [`auth::Requester`] proves who calls; [`rate_limit`] how often.
//! - [`trail`] is what log and metrics say of a request.
//! - [`limits`] bounds bodies by size and by nesting.
//!
//! Deliberately absent: decisions about accounts, rooms or keys.

pub mod auth;
pub mod error;
pub mod host;
pub mod limits;
pub mod matrix;
pub mod rate_limit;
pub mod trail;

pub use auth::{Caller, Requester};
pub use error::ApiError;
pub use host::{ClientAddress, Here, Service};
pub use matrix::{Asked, Body, Matrix, NoContent};
