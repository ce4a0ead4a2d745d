//! Profiles: display name, avatar and the fields of Matrix 1.16, one row each.
//!
//! Source: client-server API v1.19 §Profiles. Invariants: a field is valid JSON; a whole profile stays below 64 KiB.

mod routes;
mod service;

pub use routes::{delete_field, get_field, get_profile, put_field};
pub use service::{MemberProfile, ProfileError, Profiles};
