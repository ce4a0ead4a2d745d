//! What can go wrong with the store, by what the caller can do about it.

use std::path::PathBuf;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database file cannot be opened.
    #[error("the database {path} cannot be opened")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A newer program has been here, or a migration failed.
    #[error(
        "the database {path} cannot be brought to this version: use the newer program, or restore the backup that was taken before it ran"
    )]
    Migrate {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// A statement failed.
    #[error("a statement failed")]
    Statement(#[source] sqlx::Error),
    /// A value does not fit its column or its type here.
    #[error("column `{column}` does not hold what it should")]
    Column {
        /// The column.
        column: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A constraint of the schema forbids the write.
    #[error("a constraint forbids it")]
    Constraint(#[source] sqlx::Error),
}

impl StoreError {
    /// A value in `column` that this program does not know.
    pub fn unknown_value(column: &str, value: &str) -> Self {
        Self::Column { column: column.to_owned(), source: format!("unknown value `{value}`").into() }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let is_constraint =
            error.as_database_error().is_some_and(|database| !matches!(database.kind(), sqlx::error::ErrorKind::Other));
        if is_constraint { Self::Constraint(error) } else { Self::Statement(error) }
    }
}
