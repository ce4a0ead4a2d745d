//! What can go wrong with the store, by what the caller can do about it.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What the database says.
type Source = Box<dyn std::error::Error + Send + Sync>;

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
        source: Source,
    },
    /// A newer program has been here. Nothing was changed.
    #[error(
        "the database {path} has schema {found}, and this build knows {known}: a newer one was here. Nothing was changed; \
         run the newer build, or put back the backup from before it ran"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The newest migration of the file.
        found: i64,
        /// The newest migration of this program.
        known: i64,
    },
    /// A migration failed, or one that was carried out is not the one of this program.
    #[error(
        "the database {path} cannot be brought to the schema of this build: it stands as after the last whole step. \
         Run the build that was here before, or put back the backup from before this one ran"
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
    Statement(#[source] Source),
    /// A value does not fit its column or its type here.
    #[error("column `{column}` does not hold what it should")]
    Column {
        /// The column.
        column: String,
        /// Why.
        #[source]
        source: Source,
    },
    /// A constraint of the schema forbids the write.
    #[error("a constraint forbids it")]
    Constraint(#[source] Source),
    /// Somebody else holds the database for longer than anybody waits. Nothing was written; the same may be tried again.
    #[error("the database is busy")]
    Busy(#[source] Source),
    /// The disk is full. Nothing was written; what is there can be read, and there may be room again.
    #[error("the disk of the database is full")]
    Full(#[source] Source),
}

impl StoreError {
    /// A value in `column` that this program does not know.
    pub fn unknown_value(column: &str, value: &str) -> Self {
        Self::Column { column: column.to_owned(), source: format!("unknown value `{value}`").into() }
    }

    /// Whether the same may succeed a little later, without anybody mending the program.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Full(_))
    }

    /// The thread that worked for it has ended early.
    pub(crate) fn thread_died(source: tokio::task::JoinError) -> Self {
        Self::Statement(Box::new(source))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let is = error.sqlite_error_code();
        let source = Box::new(error);
        match is {
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(source),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(source),
            Some(ErrorCode::DiskFull) => Self::Full(source),
            _ => Self::Statement(source),
        }
    }
}
