//! Cards of one human: two accounts, one card at the desk, and apart again at any time.
//!
//! | file | decides |
//! |---|---|
//! | `standing.rs` | which account is on which card, and whose word each field of it is; pure |
//! | `field.rs` | a card by its fields: what is read, copied, split; pure |
//! | `own_field.rs` | the same of the brand's own fields; pure |
//! | `preview.rs` | two cards side by side, and what stands against merging them |
//! | `service.rs` | merging, separating, the end by an account's deletion |
//! | `store.rs` | rows |
//!
//! Nothing is moved. Each account keeps its record, rooms, consents and words; a row says that they are shown together, and which fields the card has from which
//! account. So what a patient sees of himself never comes from the other account, what is separated was never mixed, and what happens meanwhile is its account's.
//!
//! Invariants: an account is on one card; a card that is shown on another shows no third (no chains); a field of a shown card is one account's, and who changes it
//! there changes it in that account's record; holds and times of erasure stay on the records that they were put on.
//!
//! Deliberately absent: moving a consultation from one account to another, and one account reading what another wrote. Whoever wants that starts anew.

mod error;
mod field;
mod own_field;
mod preview;
mod problem;
mod service;
mod standing;
mod store;

pub use error::MergeError;
pub use field::{copy, split};
pub use own_field::split_own;
pub use preview::{Preview, Side, preview};
pub use service::{By, New, Outcome, Separation, end_with_account, history, merge, separate};
pub use standing::{Part, Standing};
pub use store::{Merge, Separated, leading_of, load_standing, standing_ids, standing_on};
