//! What is read: a [`View`] is a snapshot with its position; one response is built from one view.

use async_trait::async_trait;
use bytes::Bytes;

use crate::{batch::Position, keyspace::Table};

/// A stored pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub key: Bytes,
    pub value: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Forward,
    /// From the end of the range backwards.
    Backward,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store cannot be read: {0}")]
    Read(String),
    /// A stored value has another form than its keyspace says: damaged, or written by a newer version.
    #[error("a value of {table} cannot be decoded: {reason}")]
    Corrupt { table: &'static str, reason: String },
    /// The table is not in the list that the engine was opened with.
    #[error("the store was opened without the table {0}")]
    UnknownTable(&'static str),
}

/// A snapshot: nothing that is committed later is seen through it.
#[async_trait]
pub trait View: Send + Sync {
    /// Everything up to and including this position is seen.
    fn position(&self) -> Position;

    async fn get(&self, table: Table, key: &[u8]) -> Result<Option<Bytes>, StoreError>;

    /// Values in the order of `keys`.
    async fn get_many(&self, table: Table, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, StoreError>;

    /// Rows of `[start, end)`, at most `limit`, in `direction`; none when `start ≥ end`. A limit above
    /// [`crate::limits::RANGE_ROWS_MAX`] counts as that.
    async fn range(
        &self,
        table: Table,
        start: &[u8],
        end: &[u8],
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row>, StoreError>;
}
