//! A sealed consultation as resources of FHIR R4 (4.0.1), for a clinic's own records system to take in.
//!
//! ```text
//! archive::open (who may, and the audit entry) ─► gather.rs ─► Source, plain values ─► bundle.rs ─► JSON
//! ```
//!
//! | file | decides |
//! |---|---|
//! | `export.rs` | who is given one, and that a consultation which is not over has none |
//! | `gather.rs` | what is read for it |
//! | `bundle.rs` | which resources there are, in which order |
//! | `names.rs` | ids, identifier systems and addresses |
//! | `text.rs` | what FHIR lets a text be; what is empty is left out |
//! | `people.rs` | `Organization`, `Patient`, `RelatedPerson`, `Practitioner` |
//! | `agreed.rs` | `Consent`: what the patient agreed to and withdrew up to the end |
//! | `encounter.rs` | `Encounter`: phases, who took part |
//! | `answers.rs` | `QuestionnaireResponse` |
//! | `said.rs` | `Communication`: messages and calls |
//! | `papers.rs` | `DocumentReference` of files, `Composition` and `DocumentReference` of conclusions |
//!
//! Invariants: everything but `export.rs` and `gather.rs` is pure; the same record gives the same bytes; nothing stands in a bundle that the archive would not
//! give the same reader, so neither notes of staff nor keys of files nor bytes of them do; every resource is valid by the official definitions (`tests/fhir`).
//!
//! The `Patient` is whose health it is about; where somebody acts for him, that one is the `RelatedPerson` who writes, answers and agrees.
//!
//! Deliberately absent: `Provenance` of the archive's seal: the chain is proven by the archive itself.

mod agreed;
mod answers;
mod bundle;
mod encounter;
mod export;
mod gather;
mod names;
mod papers;
mod people;
mod problem;
mod said;
#[cfg(test)]
mod source_of_tests;
mod text;

pub use export::{CONTENT_TYPE, FhirError, export};
