//! Whole worlds in one process, for black-box tests: a server on a free port, users with tokens, application services that listen.
//!
//! ```text
//! let world = World::start().await;                       // the engine of production, open registration, no limits
//! let [alice, bob] = world.users(["alice", "bob"]).await;
//! alice.get("/_matrix/client/v3/account/whoami").await.ok();
//! bob.post("/_matrix/client/v3/createRoom", json!({})).await.ok();
//! bob.get("/nothing").await.refused(404, "M_UNRECOGNIZED");
//! ```
//!
//! A [`System`] is the real binary in a process of its own, with everything in it.
//!
//! Tests run on the engine that people run, `RocksDB`: the suite takes as long on it as in memory. `CONSILIUM_TEST_ENGINE=memory` runs
//! them on the memory engine, which must give the same answers. Everything here panics with what it saw when a step that a test takes for
//! granted fails: a harness has no errors to handle.

mod answer;
mod appservice;
mod rooms;
mod system;
mod user;
mod world;

pub use answer::Answer;
pub use appservice::{FakeAppservice, Transaction};
pub use rooms::{Synced, SyncedRoom};
pub use system::{CLINIC, CLINIC_NAME, KEEPER, LAW, LAW_NAME, PASSWORD, System};
pub use user::{User, segment};
pub use world::{SERVER_NAME, SHARED_SECRET, World, WorldBuilder};
