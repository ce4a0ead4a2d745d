//! Calls: audio and video between a patient and his operators, over a LiveKit server that we only steer.
//!
//! ```text
//! app ─ start, answer, decline ─► start.rs, act.rs ─► machine.rs ─► one SQL transaction ─► change log (the ring), outbox (the line, the room's end)
//! any MatrixRTC client ─ token ─► admit.rs (who may call now) ─► ticket.rs
//! LiveKit ─ signed events ─► inbox.rs ─► record.rs: spans ─► machine.rs          LiveKit ─ room list ─► watch.rs ─► the same record.rs
//! ```
//!
//! | file | decides |
//! |---|---|
//! | `machine.rs` `state.rs` | where a call stands; pure |
//! | `span.rs` | what times in a call mean: answered, billable; pure |
//! | `identity.rs` | names at the media server |
//! | `admit.rs` | who may call now |
//! | `concerned.rs` | which members of staff see a call |
//! | `asked.rs` | which colleague is asked into a call that is on |
//! | `ticket.rs` | tokens, and the room before the token |
//! | `start.rs` `act.rs` | what people do |
//! | `inbox.rs` `record.rs` | what the media server tells |
//! | `open.rs` `watch.rs` `worker.rs` | what happens because time passes |
//! | `leave.rs` | delayed leave events |
//! | `quality.rs` `list.rs` | what the apps measured; lists |
//! | `media.rs` | the border with the media server |
//! | `line.rs` | whether the desk talks with a patient now |
//! | `store.rs` `rooms.rs` | rows |
//!
//! Facts may come twice, in any order, late, or never: spans are keyed by the connection's id, and everything said of a call is derived from them anew.
//! A token cannot be taken back: each join is checked, who must not be there is removed and watched as long as the media server refreshes his token, and the
//! room is deleted when the call is over, which ends it for every token.
//!
//! A device at which it rings may make its way to the media server beforehand: it waits in the media room, unseen, seeing and hearing nothing, in no record,
//! until it answers and is let in.
//!
//! Staff call each other in the rooms that the configuration names, by any MatrixRTC client: they get tokens there, and no call is recorded.
//!
//! Deliberately absent: media, its keys (devices exchange them over Matrix), the ring of other clients (their own events).

mod act;
mod admit;
mod asked;
mod concerned;
mod error;
mod identity;
mod inbox;
mod leave;
mod line;
mod list;
mod machine;
mod media;
mod open;
mod problem;
mod quality;
mod record;
mod rooms;
mod span;
mod start;
mod state;
mod store;
mod ticket;
mod watch;
mod worker;

pub use act::{Act, act, answer, stand_by};
pub use admit::{Device, Place, admit, may_call};
pub use asked::{Asked, asked};
pub use concerned::Concerned;
pub use error::CallError;
pub use identity::{Membership, SLOT};
pub use inbox::{HookError, hear};
pub use leave::{DELAY_MS_MIN, Delegation, delegate};
pub use line::{LastCall, last_call};
pub use list::{Filter, days_before, list};
pub use machine::{Command, Refusal, step};
pub use media::{Heard, HeardKind, LiveKit, MediaError, MediaServer, NotSigned, Presence, Someone, Voice};
pub use quality::{Sample, quality_of, report};
pub use span::{Derived, Reason, Span, derive};
pub use start::{Started, rings_at, start, start_back};
pub use state::{Outcome, Phase, Side, State};
pub use store::{Record, count_open, erase_consultation, load, load_some, mark_sealed, not_sealed, spans_of};
pub use ticket::{Calls, CallsConfig, Ticket, join, must_be_theirs, token};
pub use watch::{devices_changed, left_room};
pub use worker::{look, run};

pub(crate) use asked::team_changed;
pub(crate) use record::{end_media, join_consultation};
pub(crate) use store::{staff_in_calls, staff_left};
