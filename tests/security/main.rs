//! Bad input against the whole system: what is refused, with which error, and that nothing comes of it.
//!
//! [`table`] runs the rows of the other files against a real process with two tenants. A row is a request and the refusal that the specification (or, below
//! `/_consilium`, the API's own document) has for it. After all of them no answer was a 5xx, nothing of rooms, accounts and consultations has changed, the
//! log holds no error, and the system goes on serving.
#![expect(clippy::unwrap_used, reason = "tests")]

mod accounts;
mod bodies;
mod consult;
mod endpoints;
mod fixture;
mod http;
mod keys;
mod media;
mod odd;
mod rooms;
mod settings;
mod table;
mod tenants;
mod transport;
