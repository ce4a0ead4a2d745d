//! Where in a chain without gaps a time is: its entries are numbered in the order they were written, so a time is found in a few looks at the numbers. Where the
//! machine's clock was set back, entries stand in the order they were written all the same.

use sea_query::SelectStatement;

use crate::store::{Session, StoreError};
use crate::time::Time;

/// Number of the first entry that was written then or later; `behind_all` where there is none.
///
/// `from` selects when the entry of a number was written, or of the next one there is: a time in its first column, one row at most.
pub async fn first_since(
    session: &mut Session,
    at: Time,
    behind_all: i64,
    from: fn(i64) -> SelectStatement,
) -> Result<i64, StoreError> {
    let (mut low, mut high) = (1, behind_all);
    while low < high {
        let middle = low + (high - low) / 2;
        let row = session.fetch_one(&from(middle)).await?;
        match row.map(|row| row.first_number()).transpose()? {
            Some(written) if written < at.as_millis() => low = middle + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}
