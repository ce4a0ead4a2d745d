//! Application services: registrations, acting as their users, the wire to them, and the outbox of what they are to be sent (see `transactions`).
//!
//! Source: Application Service API v1.19; MSC3202 and MSC4203 for device lists, key counts and to-device messages in transactions.

mod outbox;
mod registration;
mod registrations;
mod wire;

pub use outbox::{OutboxItem, push_outbox};
pub use registration::{Namespace, Namespaces, Registration, RegistrationError};
pub use registrations::{Appservice, AppserviceId, Registrations, RegistrationsError};
pub use wire::{PassedOn, Wire};
