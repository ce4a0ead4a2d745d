//! Retention: how long what was archived of a consultation is kept, what stands in the way of its end, and its erasure, which can be proven.
//!
//! - A **class** (`[[retention]]` of the brand) says how long; a consultation gets its class and its time when it is sealed, and keeps both.
//! - Nothing goes before it stood for a day in the **list of what goes**, which supervisors see.
//! - A **legal hold** on a record, or on all records of a patient, keeps it however long ago its time was over.
//! - **Erasure** destroys the keys of the records, removes what else there is of the consultation, and leaves a signed tombstone in the archive's chain, from
//!   which a certificate is made. What stays is the row for reports: queue, times, who took part.
//!
//! | file | decides |
//! |---|---|
//! | `rule.rs` | when a time is over, and what is next for a record; pure |
//! | `terms.rs` | class and time of what is sealed |
//! | `standing.rs` | the records of a class as they stand, for who changes it |
//! | `hold.rs` | holds: placed, lifted, listed |
//! | `due.rs` | the list of what goes, and the timer that makes it go |
//! | `fate.rs` | what becomes of a record when its patient's account is deleted; pure |
//! | `erase.rs` | erasing one consultation, in one SQL transaction |
//! | `file.rs` | its files at the homeserver |
//! | `certificate.rs` | what proves an erasure; `remains.rs` its words on what is still there |
//!
//! Invariants: nothing is erased that is held, or that stood in the list for less than a day, except by a supervisor's hand, who is never let past a hold; an
//! erasure and its tombstone are one transaction; a file that could not be removed stays named as not gone.

mod certificate;
mod due;
mod erase;
mod error;
mod fate;
mod file;
mod hold;
mod problem;
mod reason;
mod remains;
mod rule;
mod standing;
mod terms;

pub use certificate::{Certificate, Reason, certificate, reason_of, reasons};
pub use due::{DueFilter, DueRecord, Tally, classify_all, list, run_due, tally};
pub use erase::{Why, erase, erase_unsealed};
pub use error::RetentionError;
pub use fate::{Fate, fate};
pub use file::{Gone, remove};
pub use hold::{
    By, Hold, Lifted, Place, held_of, held_records, is_held, is_patient_held, lift, list as list_holds,
    patient_is_held, place, record_is_held,
};
pub use reason::{checked as checked_reason, opened as opened_reason, sealed as sealed_reason};
pub use rule::due;
pub use standing::{Standing, standing, unclassified};
pub use terms::{Terms, note};
