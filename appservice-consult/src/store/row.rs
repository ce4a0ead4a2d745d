//! One row of an answer, read by column.

use std::sync::Arc;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};
use sea_query::Iden;

use super::StoreError;
use crate::time::Time;

/// One row of an answer, kept.
pub type Row = RowOf<Vec<Value>>;

/// The row at which the database stands, gone with the next.
pub type PassingRow<'a> = RowOf<&'a rusqlite::Row<'a>>;

/// One row of an answer: columns, and where their values are.
pub struct RowOf<V> {
    columns: Arc<[String]>,
    values: V,
}

/// Values in the order of their columns.
pub trait Values {
    /// One of them; null where there are not as many.
    fn value(&self, place: usize) -> ValueRef<'_>;
}

impl Values for Vec<Value> {
    fn value(&self, place: usize) -> ValueRef<'_> {
        self.get(place).map_or(ValueRef::Null, ValueRef::from)
    }
}

impl Values for &rusqlite::Row<'_> {
    fn value(&self, place: usize) -> ValueRef<'_> {
        self.get_ref(place).unwrap_or(ValueRef::Null)
    }
}

impl<V: Values> RowOf<V> {
    /// A row with as many values as columns.
    pub(super) fn new(columns: Arc<[String]>, values: V) -> Self {
        Self { columns, values }
    }

    fn get<T: FromSql>(&self, column: impl Iden) -> Result<T, StoreError> {
        let name = column.unquoted();
        self.at(self.place(name)?, name)
    }

    fn place(&self, name: &str) -> Result<usize, StoreError> {
        let place = self.columns.iter().position(|known| known == name);
        place.ok_or_else(|| StoreError::Column { column: name.to_owned(), source: "it was not asked for".into() })
    }

    fn at<T: FromSql>(&self, place: usize, name: &str) -> Result<T, StoreError> {
        T::column_result(self.values.value(place))
            .map_err(|source| StoreError::Column { column: name.to_owned(), source: Box::new(source) })
    }

    /// A text, where it stands.
    pub fn str(&self, column: impl Iden) -> Result<&str, StoreError> {
        let name = column.unquoted();
        let value = self.values.value(self.place(name)?);
        value.as_str().map_err(|source| StoreError::Column { column: name.to_owned(), source: Box::new(source) })
    }

    /// A text.
    pub fn text(&self, column: impl Iden) -> Result<String, StoreError> {
        self.get(column)
    }

    /// A text or null.
    pub fn text_or_null(&self, column: impl Iden) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    /// An identifier.
    pub fn id<T: From<String>>(&self, column: impl Iden) -> Result<T, StoreError> {
        self.text(column).map(T::from)
    }

    /// An identifier or null.
    pub fn id_or_null<T: From<String>>(&self, column: impl Iden) -> Result<Option<T>, StoreError> {
        Ok(self.text_or_null(column)?.map(T::from))
    }

    /// A number.
    pub fn number(&self, column: impl Iden) -> Result<i64, StoreError> {
        self.get(column)
    }

    /// A number or null.
    pub fn number_or_null(&self, column: impl Iden) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    /// A point in time.
    pub fn time(&self, column: impl Iden) -> Result<Time, StoreError> {
        self.number(column).map(Time::from_millis)
    }

    /// A point in time or null.
    pub fn time_or_null(&self, column: impl Iden) -> Result<Option<Time>, StoreError> {
        Ok(self.number_or_null(column)?.map(Time::from_millis))
    }

    /// Bytes.
    pub fn bytes(&self, column: impl Iden) -> Result<Vec<u8>, StoreError> {
        let Bytes(bytes) = self.get(column)?;
        Ok(bytes)
    }

    /// Bytes or null.
    pub fn bytes_or_null(&self, column: impl Iden) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.get::<Option<Bytes>>(column)?.map(|Bytes(bytes)| bytes))
    }

    /// The first column, a number: for counts and sums.
    pub fn first_number(&self) -> Result<i64, StoreError> {
        self.first_number_or_null().map(Option::unwrap_or_default)
    }

    /// The first column, a number or null: for minima.
    pub fn first_number_or_null(&self) -> Result<Option<i64>, StoreError> {
        self.at(0, "1")
    }
}

/// Bytes, also where a text stands: what was manipulated is then found to be changed, and is no failure of reading.
struct Bytes(Vec<u8>);

impl FromSql for Bytes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Ok(Self(bytes.to_vec())),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => Err(FromSqlError::InvalidType),
        }
    }
}
