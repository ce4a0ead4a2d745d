//! The limits of the store contract. Larger bytes are blobs.

/// A key, its table's name not counted, in bytes.
pub const KEY_BYTES_MAX: usize = 1_024;

/// A value in bytes: an event is at most 65,536 bytes and its frame must fit too.
pub const VALUE_BYTES_MAX: usize = 90_000;

/// All keys and values of one batch together, in bytes.
pub const BATCH_BYTES_MAX: usize = 4_000_000;

/// Batches that wait for the commit thread; one more is answered with `Unavailable`.
pub const COMMIT_QUEUE_MAX: usize = 4_096;

/// All keys and values of the batches that wait, in bytes; what would go beyond is answered with `Unavailable`.
pub const COMMIT_QUEUE_BYTES_MAX: usize = 64_000_000;

/// Batches that one sync makes durable together.
pub const GROUP_MAX: usize = 64;

/// A group is complete when its batches have this many bytes, so that a sync does not take long.
pub const GROUP_BYTES_MAX: usize = 8_000_000;

/// Rows that one range read returns at most.
pub const RANGE_ROWS_MAX: usize = 10_000;
