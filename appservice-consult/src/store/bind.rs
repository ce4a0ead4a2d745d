//! Values of a built statement, handed to the database driver.

use rusqlite::types::Value as Bound;
use sea_query::{Value, Values};

use super::StoreError;

/// The statement's values as the driver's.
///
/// Errors: `Column` for a type that both databases do not have alike; that is a defect of the statement.
pub(super) fn values(values: Values) -> Result<Vec<Bound>, StoreError> {
    values.into_iter().map(bound).collect()
}

fn bound(value: Value) -> Result<Bound, StoreError> {
    Ok(match value {
        Value::String(text) => text.map_or(Bound::Null, Bound::Text),
        Value::BigInt(number) => integer(number),
        Value::BigUnsigned(number) => integer(number.map(|number| i64::try_from(number).unwrap_or(i64::MAX))),
        Value::Int(number) => integer(number),
        Value::Unsigned(number) => integer(number),
        Value::Bytes(bytes) => bytes.map_or(Bound::Null, Bound::Blob),
        Value::Bool(flag) => integer(flag),
        other => {
            let source = format!("a value of a type that is not used here: {other:?}").into();
            return Err(StoreError::Column { column: "argument".to_owned(), source });
        }
    })
}

fn integer(number: Option<impl Into<i64>>) -> Bound {
    number.map_or(Bound::Null, |number| Bound::Integer(number.into()))
}
