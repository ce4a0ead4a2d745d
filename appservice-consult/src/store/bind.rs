//! Values of a built statement, handed to the database driver.

use sea_query::{Value, Values};
use sqlx::Arguments;
use sqlx::sqlite::SqliteArguments;

use super::StoreError;

/// The statement's values as the driver's arguments.
///
/// Errors: `Column` for a type that both databases do not have alike; that is a defect of the statement.
pub(super) fn arguments(values: Values) -> Result<SqliteArguments, StoreError> {
    let mut arguments = SqliteArguments::default();
    for value in values {
        let added = match value {
            Value::String(text) => arguments.add(text),
            Value::BigInt(number) => arguments.add(number),
            Value::BigUnsigned(number) => arguments.add(number.map(|number| i64::try_from(number).unwrap_or(i64::MAX))),
            Value::Int(number) => arguments.add(number.map(i64::from)),
            Value::Unsigned(number) => arguments.add(number.map(i64::from)),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Bool(flag) => arguments.add(flag.map(i64::from)),
            other => Err(format!("a value of a type that is not used here: {other:?}").into()),
        };
        added.map_err(|source| StoreError::Column { column: "argument".to_owned(), source })?;
    }
    Ok(arguments)
}
