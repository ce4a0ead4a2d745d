//! Queues: what the brand's configuration names, with the load that stands in the database.
//!
//! `estimate.rs` is the honest range of waiting; `load.rs` counts; `hours.rs` is when a queue works, pure.

mod estimate;
mod hours;
mod load;

pub use estimate::{estimate, nearest_rank, percentiles};
pub use hours::{Calendar, Worked, calendar, zone_name};
pub use load::{Load, load, places};
