//! Saved views: a list of the console with its filters and its order, under a name. Private, until a supervisor shares one.
//!
//! A view keeps the query of its list as the list itself takes it (`list_query.rs`), so that a filter that a list gets works in views at once; ids in it may
//! name what is not there any more: the list is empty then, and the console says why. Name and query are sealed, for a query may hold a patient's name.
//!
//! `content.rs` checks what a view may be, pure; `service.rs` is what is done; `store.rs` the rows.
//!
//! Invariants: nobody but its owner changes a view, a supervisor alone shares one, and may take back what a colleague shares; patients and partners' keys are told nothing of views.
//! How many rows a view shows is counted where the rows are: in the console over its live board, and not here.

mod content;
mod problem;
mod service;
mod store;

pub use content::Content;
pub use service::{
    Editor, SavedViewError, Standing, VIEWS_MAX, Wanted, arrange, arrangement, change, create, list, of_listener,
};
pub use store::Record;
