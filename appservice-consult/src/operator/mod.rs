//! Members of staff: operators and supervisors, their statuses, whether their consoles are alive.
//!
//! `staff.rs` is all of them in memory, kept true after each commit; `store.rs` the rows; `status.rs` what a status means and how it changes;
//! `heartbeat.rs` which consoles are alive (in memory: a heartbeat each 30 seconds of 500 consoles is not worth a sync each); `profile.rs` what can be changed of
//! somebody; `schedule.rs` when he is on duty by his own schedule; `rank.rs` who may say what he may do; `version.rs` what was changed, by whom, and the way back;
//! `service.rs` what is done; `parting.rs` that somebody is no member any more.

mod heartbeat;
mod parting;
pub(crate) mod problem;
mod profile;
mod rank;
mod schedule;
mod service;
mod staff;
mod status;
mod store;
mod version;
mod wrap_up;

pub use heartbeat::Heartbeats;
pub use parting::part;
pub use profile::Profile;
pub use schedule::Schedule;
pub use service::{
    OperatorError, approve_identity, beat, change, create, gone_off, missed_offer, restore, set_status, silence_lost,
    status_history, trust_later,
};
pub use staff::{Member, Staff};
pub use status::{LOST_HEARTBEAT, base_of, is_at_work, is_on_duty};
pub use store::{FOLDER_AUTHOR, Period, RULES_AUTHOR, Which, load_all, meet_new, was_chosen};
pub use version::{Version, history};
pub use wrap_up::{end as end_wrap_up, wrapping};
