//! How the database carries out what it is asked, told to whoever listens: so that a test proves of a handful of rows what a million would take. Nobody listens
//! otherwise, and then it costs a look at one pointer.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::StoreError;

/// How one statement that reads is carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The statement, without its values.
    pub statement: String,
    /// What is done, step by step, in the database's own words.
    pub steps: Vec<String>,
}

/// The plan of a statement.
pub(super) fn of(connection: &Connection, statement: &str, values: &[Value]) -> Result<Plan, StoreError> {
    let mut explained = connection.prepare(&format!("EXPLAIN QUERY PLAN {statement}"))?;
    let steps = explained.query_map(params_from_iter(values), |row| row.get("detail"))?;
    Ok(Plan { statement: statement.to_owned(), steps: steps.collect::<Result<_, _>>()? })
}
