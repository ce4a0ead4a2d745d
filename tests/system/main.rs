//! What the whole system promises, proved against the real process: nothing said is lost or doubled by a power cut, one of two takers wins, nothing said can
//! be read on the disk, and who was removed reads nothing more.
#![expect(clippy::unwrap_used, reason = "tests")]

mod disk;
mod idle;
mod operations;
mod people;
mod power_cuts;
mod removed;
mod take_race;
