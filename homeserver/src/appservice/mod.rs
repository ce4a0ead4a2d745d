//! Application services: registrations, acting as their users, and ordered durable transactions to them.
//!
//! Source: Application Service API v1.19; MSC3202 and MSC4203 for device lists, key counts and to-device messages in transactions.

mod compose;
mod interest;
mod outbox;
mod registration;
mod registrations;
mod transaction;
mod worker;

pub use compose::Composer;
pub use interest::Interests;
pub use outbox::{OutboxItem, push_outbox};
pub use registration::{Namespace, Namespaces, Registration, RegistrationError};
pub use registrations::{Appservice, AppserviceId, Registrations, RegistrationsError};
pub use worker::{Place, Worker};
