//! The SQL store: relational business data, `SQLite` by default; the same statements run on `PostgreSQL`.
//!
//! Statements are built with sea-query and know no dialect; only this folder names a database. Writes are durable before they are acknowledged
//! (write-ahead log, synchronous = FULL) and pass one writer; readers see one snapshot and never wait for it.
//!
//! Deliberately absent: what the rows mean. Each feature's `store.rs` reads and writes its own tables.

mod bind;
mod bulk_tables;
mod callback_tables;
mod conclusion_tables;
mod consent_tables;
mod deletion_tables;
mod device_check_tables;
mod engine;
mod error;
mod field_tables;
mod first_day_tables;
mod follow_up_tables;
mod hints;
mod invitation_tables;
mod macro_tables;
mod merge_tables;
mod notary_tables;
pub mod number;
mod partner_tables;
mod person_tables;
mod plain_tables;
mod plan;
mod pool;
mod prepared_tables;
mod questionnaire_tables;
mod queue_invitation_tables;
mod rating_tables;
mod reaction_tables;
mod retention_tables;
mod row;
mod rule_tables;
mod saved_view_tables;
mod search_tables;
mod session;
mod settings_tables;
pub mod tables;
mod webhook_tables;

pub use engine::{SchemaVersions, Store};
pub use error::StoreError;
pub use hints::Hints;
pub use plan::Plan;
pub use row::{PassingRow, Row};
pub use session::{Reading, Session, Writing};
