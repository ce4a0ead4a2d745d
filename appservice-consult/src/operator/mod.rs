//! Members of staff: operators and supervisors, their statuses, whether their consoles are alive.
//!
//! `staff.rs` is all of them in memory, kept true after each commit; `store.rs` the rows; `status.rs` what a status means and how it changes;
//! `heartbeat.rs` which consoles are alive (in memory: a heartbeat each 30 seconds of 500 consoles is not worth a sync each); `service.rs` what is done;
//! `parting.rs` that somebody is no member any more.

mod heartbeat;
mod parting;
mod service;
mod staff;
mod status;
mod store;
mod wrap_up;

pub use heartbeat::Heartbeats;
pub use parting::part;
pub use service::{
    OperatorError, approve_identity, beat, change, create, missed_offer, set_status, silence_lost, status_history,
    trust_later,
};
pub use staff::{Member, Staff};
pub use status::{LOST_HEARTBEAT, is_at_work, is_on_duty};
pub use store::{RULES_AUTHOR, Which, load_all, meet_new};
pub use wrap_up::{end as end_wrap_up, wrapping};
