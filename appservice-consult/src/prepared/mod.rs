//! What the brand folder begins of the desk's own: tags, canned replies, macros. Taken in at a start, and written back by an export.
//!
//! The desk keeps its own in the database. Of each entry of the folder is remembered what it said when it was looked at last, and which version was made of it:
//!
//! - an entry that is new makes a row, under its own id;
//! - one that says something else writes its row anew, and one that has gone puts it out of use, as long as nobody changed the row in the console;
//! - what was changed in the console, or was there before, stays as it is.
//!
//! What cannot be taken in because of what the console did meanwhile (its shortcut is taken, its queue is gone) is left out and logged; what is wrong by itself was
//! refused when the folder was read (`consilium_config::brand`).
//!
//! `entry.rs` decides, pure; `take_in.rs` does it; `export.rs` writes a `brand.toml`; `store.rs` has what is remembered.

mod entry;
mod export;
mod store;
mod take_in;

pub use export::export;
pub use take_in::take_in;
