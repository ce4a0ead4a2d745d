//! Where patients are signed in, and signing out a device that was lost: by a member of staff, at the patient's word or, out of precaution, without it.
//!
//! Signing in and out are the homeserver's; here is who of the staff may see and end them, with which reason, and that it is an entry of the audit log before it
//! happens. Whoever is signed out is told at whose word. A patient ends his own sign-ins at the homeserver, by his password.
//!
//! Invariants: nobody is signed out without an entry that says by whom, why and which; when the answer is given, no token of what ended is believed any more
//! ([`crate::ended_accounts`]), and its streams end.
//!
//! Deliberately absent: sign-ins in this database; the sign-ins of staff, which they see and end themselves.

mod problem;
mod service;

pub use service::{SignInError, end, list};
