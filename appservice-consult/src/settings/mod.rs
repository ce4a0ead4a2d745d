//! Settings: what supervisors change in the console over what the brand folder says, while the service runs.
//!
//! A section (`consilium_config::brand::Section`) is a document with one content. Each change is a new version of the whole document and stays for ever; undoing
//! one is a further version with the content of an earlier one. What holds now is the folder, version 0, under the newest version of each section.
//!
//! `effective.rs` lays versions over the folder at start, `change.rs` makes a version, `refusal.rs` says which changes the desk does not allow, `former.rs` that a version of
//! a text never stands for another one, `due.rs` sets anew what stands in the database because of the settings before, `effect.rs` what a change comes to for people and records, `difference.rs` compares two contents, `store.rs` knows the rows.
//!
//! Invariants: what holds passes the same checks as a folder at start; a section that was never changed in the console follows its folder; a version names the
//! one it was made from, so nobody writes over a change that he has not seen; a version of a document that was ever shown says what it said.

mod change;
mod difference;
mod due;
mod effect;
mod effective;
mod error;
mod former;
pub(crate) mod problem;
mod refusal;
mod store;

pub use change::{Change, Changed, Checked, Wish, change, check};
pub use difference::{Difference, differences};
pub use effect::Effect;
pub use effective::{Effective, effective};
pub use error::SettingsError;
pub(crate) use refusal::check_tags;
pub use store::{Version, history, newest, newest_of, version};
