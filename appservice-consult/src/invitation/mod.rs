//! Patients whom the desk, or a partner's system, makes before they come: a card, an account at the homeserver, and a **link** by which the patient comes once,
//! sets his password and signs in.
//!
//! | file | decides |
//! |---|---|
//! | `login.rs` | what a login looks like that nobody chose; pure |
//! | `secret.rs` | what stands in a link, and what is kept of it |
//! | `state.rs` | how an invitation stands at a time; pure |
//! | `make.rs` | making a patient, once for each request |
//! | `service.rs` | a new link, and taking one back |
//! | `accept.rs` | what who has a link sees, and how he comes |
//! | `store.rs` | rows |
//!
//! Invariants: of a link only a keyed hash is kept, so it is shown once and by nobody again; at most one link of a patient can be used, and it is used once; the
//! account has no password until its person sets one, and the desk never knows it; consents are the patient's to give.
//!
//! The account is made before the row is written. A crash in between leaves an account that nobody can sign in with: the login follows from the request, so that
//! the same request finds it again.
//!
//! Deliberately absent: what is on a card (`patient/`), a forgotten password.

mod accept;
mod error;
mod login;
mod make;
mod problem;
mod secret;
mod service;
mod state;
mod store;

pub use accept::{accept, greeting};
pub use error::InvitationError;
pub use make::{Made, New, make};
pub use service::{Given, latest, renew, take_back};
pub use state::state;
pub use store::{Record, end_with_account};
