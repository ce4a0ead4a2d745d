//! Queues: what the brand's configuration names, with the load that stands in the database.
//!
//! `estimate.rs` is the honest range of waiting; `load.rs` counts.

mod estimate;
mod load;

pub use estimate::{estimate, percentiles};
pub use load::{Load, load, places};
