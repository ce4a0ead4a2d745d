//! One row of an answer, read by column.

use sea_query::Iden;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, Type};

use super::StoreError;
use crate::time::Time;

/// One row of an answer.
pub struct Row(pub(super) SqliteRow);

impl Row {
    fn get<T>(&self, column: impl Iden) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite>,
    {
        let column = column.unquoted().to_owned();
        self.0.try_get(column.as_str()).map_err(|source| StoreError::Column { column, source: Box::new(source) })
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
        self.get(column)
    }

    /// Bytes or null.
    pub fn bytes_or_null(&self, column: impl Iden) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(column)
    }

    /// The first column, a number: for counts and sums.
    pub fn first_number(&self) -> Result<i64, StoreError> {
        let read = self.0.try_get::<Option<i64>, _>(0);
        read.map(Option::unwrap_or_default)
            .map_err(|source| StoreError::Column { column: "1".to_owned(), source: Box::new(source) })
    }

    /// The first column, a number or null: for minima.
    pub fn first_number_or_null(&self) -> Result<Option<i64>, StoreError> {
        let read = self.0.try_get(0);
        read.map_err(|source| StoreError::Column { column: "1".to_owned(), source: Box::new(source) })
    }
}
