//! Ordered keys and values with atomic, guarded, durable batches; and blobs.
//!
//! The contract is [`Engine`]; the engines behind it are in [`engine`]. What lives here knows nothing of Matrix, HTTP
//! or configuration. Invariants:
//!
//! - A batch is applied whole or not at all, and an `Ok` of [`Engine::commit`] means that it is on synced disk.
//! - Each committed batch gets the next [`Position`]: one gap-free, rising sequence for each store. A position that a
//!   reader can see has no unseen smaller one.
//! - Guards are checked against everything committed before, the earlier batches of the same commit group included.
//! - Limits, so that any ordered transactional engine can serve the contract: see [`limits`].

pub mod batch;
pub mod blob;
pub mod codec;
pub mod engine;
pub mod keyspace;
pub mod limits;
pub mod view;

pub use batch::{Batch, CommitError, Guard, Op, Position, Stamp};
pub use blob::{Blob, BlobHash, Blobs};
pub use codec::{Key, Value, Versioned};
pub use engine::{Commit, Engine, MemoryEngine, OpenError, OpenOptions, RocksEngine, SharedLimits, SharedResources};
pub use keyspace::{Access, Keyspace, Table};
pub use view::{Direction, Row, StoreError, View};
