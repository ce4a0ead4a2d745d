//! Why there is no report.

use super::period::DAYS_MAX;
use crate::page::BadCursor;
use crate::store::StoreError;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// It would end before it begins.
    #[error("the period ends before it begins")]
    Backwards,
    /// More days than a report may have.
    #[error("a report covers at most {DAYS_MAX} days")]
    TooLong,
    /// A queue that the brand does not have.
    #[error("no such queue")]
    UnknownQueue,
    /// Nobody of the staff.
    #[error("no such operator")]
    UnknownOperator,
    /// Not a cursor of this list.
    #[error(transparent)]
    BadCursor(#[from] BadCursor),
    /// The database.
    #[error("the database")]
    Store(#[from] StoreError),
}
