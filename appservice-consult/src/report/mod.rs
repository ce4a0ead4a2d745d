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
//! | SLA kept | of what was promised to a consultation and is decided, what was kept: taken, answered, closed, and no step of its history says that it was broken. One broken promise of several breaks all together. What a patient left, and what still runs unbroken, is not decided |
//! | queue depth | consultations that were open and that nobody led, at once: average over the time so far, and the most at any moment; by the queue where each stood then |
//! | transfers | handed on, to a queue or to a colleague |
//! | re-opened | closed, and asked again in the same conversation within 24 hours |
//! | rating | average of the stars that closed ones were given; response rate: rated ÷ closed |
//! | occupancy | time with at least one active consultation ÷ time on duty, of an operator |
//! | concurrency | consultations at once, while there was one, on duty |
//! | call minutes | time that both sides were in a call, by the last proof of media |
//! | call quality | mean of what the apps measured, each report alike; a call is poor by its own mean (`quality.rs`) |
//! | call-backs on time | of those that were due in the period, those that never were overdue, also before they were put off |
//!
//! Days and hours are of the clinic's time zone; where one queue is asked about, of that queue's. A consultation counts where it was asked for, with the queue where it stands and the operator who led it last. A transfer, a close or a call that
//! came later counts with it.

mod behind;
mod csv;
mod depth;
mod error;
mod facts;
mod figures;
mod occupancy;
mod period;
mod problem;
mod quality;
mod service;
mod span;
mod store;
mod waits;
mod work;

pub use behind::{Behind, behind};
pub use csv::csv;
pub use error::ReportError;
pub use service::{now, report};
