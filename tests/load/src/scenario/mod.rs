//! The scenarios: a file for each part of the server, and the list that is run.

pub(crate) mod calls;
pub(crate) mod consultation;
mod keys;
mod media;
mod rooms;
mod routing;
mod send;
mod start;
mod sync;

use std::{path::PathBuf, pin::Pin};

use anyhow::Result;

use crate::report::Figure;

/// What every scenario gets.
#[derive(Clone, Debug)]
pub struct Options {
    pub binary: PathBuf,
    /// The media server's binary.
    pub livekit: Option<PathBuf>,
    /// Seconds that a throughput scenario sends.
    pub seconds: u64,
    /// How many consultations the large desk has.
    pub consultations: u32,
}

type Run = Pin<Box<dyn Future<Output = Result<Vec<Figure>>>>>;

/// One scenario: a run of it starts a server of its own.
pub struct Scenario {
    pub name: &'static str,
    /// Whether it needs the media server.
    pub needs_livekit: bool,
    pub run: fn(Options) -> Run,
}

/// All scenarios, in the order of the report.
pub fn all() -> Vec<Scenario> {
    vec![
        scenario("send, 8 senders over 8 rooms", |options| Box::pin(send::eight_rooms(options))),
        scenario("send, 8 senders in one room", |options| Box::pin(send::one_room(options))),
        scenario("send, 64 senders over 64 rooms", |options| Box::pin(send::sixty_four_rooms(options))),
        scenario("create a private room", |options| Box::pin(rooms::create(options))),
        scenario("send to sync of 50 receivers", |options| Box::pin(sync::fan_out(options))),
        scenario("sync with 50 rooms", |options| Box::pin(sync::incremental(options, 50))),
        scenario("sync with 500 rooms", |options| Box::pin(sync::incremental(options, 500))),
        scenario("messages, pages of 100", |options| Box::pin(rooms::messages(options))),
        scenario("join and leave a room of 1,000", |options| Box::pin(rooms::big_room(options))),
        scenario("one-time keys", |options| Box::pin(keys::one_time_keys(options))),
        scenario("media of 10 MiB", |options| Box::pin(media::ten_mib(options))),
        scenario("start and idle", |options| Box::pin(start::start_and_idle(options))),
        scenario("the whole system", |options| Box::pin(consultation::idle(options))),
        scenario("a whole consultation", |options| Box::pin(consultation::whole(options))),
        scenario("routing", |options| Box::pin(routing::decisions(options))),
        scenario("ask to queue row", |options| Box::pin(consultation::ask_to_row(options))),
        with_livekit("call to ring", |options| Box::pin(calls::ring(options))),
        with_livekit("tokens for calls", |options| Box::pin(calls::tokens(options))),
        with_livekit("events of 1,000 calls, shuffled and doubled", |options| Box::pin(calls::events(options))),
        scenario("disk", |options| Box::pin(send::disk(options))),
    ]
}

fn scenario(name: &'static str, run: fn(Options) -> Run) -> Scenario {
    Scenario { name, needs_livekit: false, run }
}

fn with_livekit(name: &'static str, run: fn(Options) -> Run) -> Scenario {
    Scenario { name, needs_livekit: true, run }
}
