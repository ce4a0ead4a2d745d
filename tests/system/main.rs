//! The whole system as a process of the real binary: races, crashes, what its data give away, who reads what, how it is run and configured.
//!
//! Clients are real end-to-end encrypted ones ([`consilium_keeper::test_client`]); what is stored is read behind the system's back.
#![expect(clippy::unwrap_used, reason = "tests")]

mod archive;
mod clinic;
mod crm;
#[expect(dead_code, reason = "the tests of the bridge itself ask it for more")]
#[path = "../../bridges/crm/tests/bridge/crm.rs"]
mod crm_double;
mod delayed;
mod disk;
mod every_word;
mod idle;
mod invited;
mod key;
mod large_file;
mod observer;
mod operations;
mod power_cuts;
mod readable;
mod removed;
mod settings;
mod staff;
mod take_race;
mod thousand;
