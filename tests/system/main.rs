//! The whole system as a process of the real binary: races, crashes, what its data give away, who reads what, how it is run and configured.
//!
//! Clients are real end-to-end encrypted ones ([`consilium_keeper::test_client`]); what is stored is read behind the system's back.
#![expect(clippy::unwrap_used, reason = "tests")]

mod clinic;
mod power_cuts;
mod disk;
mod key;
mod staff;
mod readable;
mod removed;
mod take_race;
