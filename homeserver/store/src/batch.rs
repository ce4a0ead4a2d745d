//! What is written: one [`Batch`] of guards and operations, and how a commit can end.

use bytes::Bytes;

use crate::keyspace::Table;

/// The place of a commit in its store: 1 for the first batch, then without gaps. 0 is «before everything».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub u64);

impl Position {
    /// Bytes of a stamp in a key or value: the position (u64, big endian), then an index (u16, big endian).
    pub const STAMP_BYTES: usize = 10;

    /// Bytes of the version in front of a guardable value.
    pub const VERSION_BYTES: usize = 8;

    /// The version in front of a guardable value.
    pub fn version_of(value: &[u8]) -> Option<Self> {
        value.first_chunk::<{ Self::VERSION_BYTES }>().map(|bytes| Self(u64::from_be_bytes(*bytes)))
    }

    /// The position of the next commit.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add(1).expect("2^64 commits are not reached: 500,000 years at a million a second"))
    }
}

/// A condition that must hold when the batch is applied. Every invariant has one guard key.
#[derive(Clone, Debug)]
pub enum Guard {
    /// The key has no value.
    Absent { table: Table, key: Bytes },
    /// The key's value was written by the commit at `version`: its first 8 bytes are that position.
    Equals { table: Table, key: Bytes, version: Position },
    /// The writer still holds the lease that it was given with this epoch: the value of `key` in `table` after its
    /// version is `epoch` (u64, big endian).
    Epoch { table: Table, key: Bytes, epoch: u64 },
}

impl Guard {
    pub fn table(&self) -> Table {
        match self {
            Self::Absent { table, .. } | Self::Equals { table, .. } | Self::Epoch { table, .. } => *table,
        }
    }

    pub fn key(&self) -> &Bytes {
        match self {
            Self::Absent { key, .. } | Self::Equals { key, .. } | Self::Epoch { key, .. } => key,
        }
    }
}

/// Where the engine writes the stamp of the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Key = given key ++ position (8) ++ index (2). Value as given.
    Key { index: u16 },
    /// Value = position (8) ++ given value: the form of every guardable value. Key as given.
    Value,
}

/// One change.
#[derive(Clone, Debug)]
pub enum Op {
    Put {
        table: Table,
        key: Bytes,
        value: Bytes,
    },
    /// A put that carries the position of its commit: a place in a stream or a version, never an identity.
    PutAt {
        table: Table,
        key: Bytes,
        value: Bytes,
        stamp: Stamp,
    },
    Delete {
        table: Table,
        key: Bytes,
    },
    /// Deletes `[start, end)`.
    DeleteRange {
        table: Table,
        start: Bytes,
        end: Bytes,
    },
    /// Adds to a counter: the value is an i64, big endian; an absent one is 0; it wraps at the ends. Only in tables of
    /// [`crate::keyspace::Access::Counter`].
    Add {
        table: Table,
        key: Bytes,
        delta: i64,
    },
}

impl Op {
    pub fn table(&self) -> Table {
        match self {
            Self::Put { table, .. }
            | Self::PutAt { table, .. }
            | Self::Delete { table, .. }
            | Self::DeleteRange { table, .. }
            | Self::Add { table, .. } => *table,
        }
    }

    /// Whether it may make a key of `table` exist.
    pub(crate) fn puts_into(&self, table: Table) -> bool {
        matches!(self, Self::Put { .. } | Self::PutAt { .. } | Self::Add { .. }) && self.table().name == table.name
    }
}

/// Guards and changes that are applied together or not at all. Guards look at the store before the batch; later
/// operations see earlier ones of the batch.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub guards: Vec<Guard>,
    pub ops: Vec<Op>,
}

impl Batch {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.ops.is_empty() && self.guards.is_empty()
    }

    /// All keys and values together, in bytes; compared with [`crate::limits::BATCH_BYTES_MAX`].
    pub fn size_bytes(&self) -> usize {
        self.ops
            .iter()
            .map(|op| match op {
                Op::Put { key, value, .. } => key.len() + value.len(),
                Op::PutAt { key, value, .. } => key.len() + value.len() + Position::STAMP_BYTES,
                Op::Delete { key, .. } => key.len(),
                Op::DeleteRange { start, end, .. } => start.len() + end.len(),
                Op::Add { key, .. } => key.len() + size_of::<i64>(),
            })
            .sum()
    }

    /// Appends everything of `other`.
    pub fn extend(&mut self, other: Self) {
        self.guards.extend(other.guards);
        self.ops.extend(other.ops);
    }
}

/// Why a batch was not applied, or is not known to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    #[error("guard {guard} of the batch does not hold: the key changed")]
    Conflict {
        /// Index in [`Batch::guards`].
        guard: usize,
    },
    #[error("another writer holds the lease now")]
    LeaseLost,
    /// The outcome is not known: settle it by reading the idempotency row, never by repeating.
    #[error("the outcome of the commit is not known")]
    Unknown,
    #[error("the disk is full: writes are refused, reads go on")]
    Full,
    /// Nothing was written.
    #[error("the store takes no writes: {0}")]
    Unavailable(String),
    /// The batch breaks a limit of [`crate::limits`]; nothing was written.
    #[error("the batch is not valid: {0}")]
    Invalid(String),
}
