//! Rooms: events, state, members, history.
//!
//! The path of a message is `routes → service → actor → decide → gather → append → projections → commit`. One writer (`actor.rs`)
//! has the room in memory (`now.rs`); what an event needs is looked up in `gather.rs`; `append.rs` is pure; the rows of an event
//! are the list of projections in `tenant.rs`. Reading does not go through the writer: `history.rs` pages, `sight.rs` says who
//! sees what, `client_event.rs` writes events as clients get them.
//!
//! Invariants: everything an event changes is in one batch; a room has one writer; a batch is guarded by the room head that its
//! writer expects; numbers of events have no gap.
//!
//! Source: client-server API v1.19 §Rooms, §Events; room versions 10, 11, 12. Absent: federation, aliases, upgrades.

mod actor;
pub mod append;
pub mod base;
pub mod client_event;
pub mod create;
pub mod decide;
mod errand_worker;
pub mod error;
pub mod event_filter;
mod gather;
pub mod history;
pub mod membership;
pub mod nodes;
mod notices;
pub mod now;
pub mod projections;
pub mod read;
pub mod routes;
pub mod rows;
pub mod service;
pub mod sight;
pub mod sticky;

pub use append::{Appended, MemberChange, Projection};
pub use errand_worker::run as run_errands;
pub use error::RoomError;
pub use now::RoomNow;
pub use service::Rooms;
