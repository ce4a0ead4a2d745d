//! Every persisted key of a tenant: the only file that names tables and tags.
//!
//! A table is a column family, named by how it is read. A tag is one byte below a table, unique there, and never used again for
//! something else. Values that are not plain bytes are defined beside the feature that owns them.

use consilium_store::{Access, Table};

// rim
/// Point look-ups by a hash, a name or a short id.
pub const POINTS: Table = Table { name: "points", access: Access::Point };
/// Rows of one user: tag and user key first.
pub const USER_ROWS: Table = Table { name: "user_rows", access: Access::Scan { prefix_bytes: 9 } };
/// Rows in the order of their commits: tag first, then an owner or nothing.
pub const STREAMS: Table = Table { name: "streams", access: Access::Scan { prefix_bytes: 1 } };
/// Counters.
pub const COUNTERS: Table = Table { name: "counters", access: Access::Counter };

/// Every table, handed to the engine at open.
pub const TABLES: &[Table] = &[
    // rim
    POINTS, USER_ROWS, STREAMS, COUNTERS,
    // room
];
