//! `/sync`: what changed for a user, and a wait until something does.
//!
//! So far the stream of changes alone.

pub mod changes;
