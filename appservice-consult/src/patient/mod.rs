//! Patients: their cards, encrypted at rest, and finding them.
//!
//! What stands in the brand's own fields is on the card; which there are and what may stand there is `field/`'s business.
//!
//! `card.rs` is the card and its checks; `bound.rs` by which numbers partners' systems knew him; `store.rs` the rows; `directory.rs` the tenant's names in memory, because encrypted names cannot be searched in
//! SQL; `service.rs` what is done with them; `merge/` two accounts on one card; `shown.rs` a card with all accounts on it; `duplicates.rs` what may be the same
//! human's, `dismissed.rs` what is not, at somebody's word; `made.rs` a card that is there before its patient; `narrowed.rs` lists by what cards say;
//! `visits.rs` how much of a card's consultations somebody sees, and lists in that order; `listed.rs`
//! tells consoles that a row of those lists changed.

mod bound;
mod card;
mod directory;
mod dismissed;
mod duplicates;
mod listed;
mod made;
pub mod merge;
mod narrowed;
mod problem;
mod service;
mod shown;
mod store;
mod visits;

pub use bound::Bound;
pub use card::{Card, CardError, checked_name, checked_phone};
pub use directory::{Directory, Entry, fold};
pub use dismissed::{DismissError, Dismissed, dismiss_duplicate, forget_dismissed, restore_duplicate, shown_dismissed};
pub use duplicates::{duplicates, lookalikes};
pub use listed::{listed, note_row};
pub use made::{by_external_id, insert_made, new_card};
pub use service::{MATCHES_MAX, PatientError, change, ensure, list, named, note_listing, read_card};
pub use shown::{change_shown, export_shown, links, read_shown};
pub use store::{PatientRecord, count_consultation, empty_card, load, load_all, part_from_account};
pub use visits::{Visits, as_seen, consultations_of};
