//! Reports: what a period was like, in figures that are derived from the recorded facts each time and kept nowhere.
//!
//! ```text
//! GET /reports/consultations ─► period (days of the clinic's zone) ─► store (facts and spans) ─► figures, occupancy ─► rows
//! ```
//!
//! The definitions are part of the product:
//!
//! | figure | is |
//! |---|---|
//! | entered | consultations asked for in the period |
//! | abandoned | of these, left while they waited: withdrawn by the patient, or given up because nobody came |
//! | wait | from the question to the first message of an operator |
//! | first response | from the first taking to the first message of an operator |
//! | handling | time that somebody led it and it was not on hold |
//! | resolution | from the question to the close |
//! | transfers | handed on, to a queue or to a colleague |
//! | re-opened | closed, and asked again in the same conversation within 24 hours |
//! | rating | average of the stars that closed ones were given; response rate: rated ÷ closed |
//! | occupancy | time with at least one active consultation ÷ time on duty, of an operator |
//! | concurrency | consultations at once, while there was one, on duty |
//! | call minutes | time that both sides were in a call, by the last proof of media |
//! | call-backs on time | of those that were due in the period, those that never were overdue |
//!
//! A consultation counts where it was asked for, with the queue where it stands and the operator who led it last. A transfer, a close or a call that
//! came later counts with it.

mod behind;
mod csv;
mod error;
mod facts;
mod figures;
mod occupancy;
mod period;
mod problem;
mod service;
mod span;
mod store;

pub use behind::behind;
pub use csv::csv;
pub use error::ReportError;
pub use service::{now, report};
