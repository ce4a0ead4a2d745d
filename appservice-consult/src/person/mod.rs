//! Persons whom a patient acts for, a child or a parent: his account asks and talks, and it is their health that it is about. FHIR's `Patient` is the person
//! then, and the account holder his `RelatedPerson`.
//!
//! | file | decides |
//! |---|---|
//! | `card.rs` | what is on a person's card, what may be on it; pure |
//! | `service.rs` | adding, changing, removing; whom a request may name |
//! | `directory.rs` | names in memory, for lists and searches |
//! | `store.rs` | rows |
//!
//! Invariants: a person belongs to one account for ever, and to every other one he is like an absent one; one of whom something is kept is hidden and never
//! deleted, so what was asked for him keeps its name; his card lies sealed as the patient's own does, and goes with it.
//!
//! Deliberately absent: rooms of their own. The dialogue is the account's, whoever it is about: an operator reads the whole of it, and each consultation in it
//! says for whom it is. Two accounts that act for the same person, and a person who comes of age.

mod card;
mod directory;
mod problem;
mod service;
mod store;

pub use card::Kept;
pub use directory::{Directory, Entry};
pub use service::{Outcome, PERSONS_MAX, PersonError, add, change, for_request, of_patient, own, read_card, remove};
pub use store::{PersonRecord, empty_cards, load, load_all, load_of_patient};

use crate::ids::{PatientId, PersonId};

/// Whose health something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treated<'a> {
    /// Whose account it is.
    pub patient: &'a PatientId,
    /// The person whom he acts for; none: he himself.
    pub person: Option<&'a PersonId>,
}

impl<'a> Treated<'a> {
    /// The account holder himself.
    pub fn himself(patient: &'a PatientId) -> Self {
        Self { patient, person: None }
    }
}
