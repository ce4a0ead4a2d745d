//! The scenarios: a file for each part of the server, and the list that is run.

mod consultation;
mod keys;
mod media;
mod rooms;
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
    /// Seconds that a throughput scenario sends.
    pub seconds: u64,
}

type Run = Pin<Box<dyn Future<Output = Result<Vec<Figure>>>>>;

/// One scenario: a run of it starts a server of its own.
pub struct Scenario {
    pub name: &'static str,
    pub run: fn(Options) -> Run,
}

/// All scenarios, in the order of the report.
pub fn all() -> Vec<Scenario> {
    vec![
        Scenario { name: "send, 8 senders over 8 rooms", run: |options| Box::pin(send::eight_rooms(options)) },
        Scenario { name: "send, 8 senders in one room", run: |options| Box::pin(send::one_room(options)) },
        Scenario { name: "send, 64 senders over 64 rooms", run: |options| Box::pin(send::sixty_four_rooms(options)) },
        Scenario { name: "create a private room", run: |options| Box::pin(rooms::create(options)) },
        Scenario { name: "send to sync of 50 receivers", run: |options| Box::pin(sync::fan_out(options)) },
        Scenario { name: "sync with 50 rooms", run: |options| Box::pin(sync::incremental(options, 50)) },
        Scenario { name: "sync with 500 rooms", run: |options| Box::pin(sync::incremental(options, 500)) },
        Scenario { name: "messages, pages of 100", run: |options| Box::pin(rooms::messages(options)) },
        Scenario { name: "join and leave a room of 1,000", run: |options| Box::pin(rooms::big_room(options)) },
        Scenario { name: "one-time keys", run: |options| Box::pin(keys::one_time_keys(options)) },
        Scenario { name: "media of 10 MiB", run: |options| Box::pin(media::ten_mib(options)) },
        Scenario { name: "start and idle", run: |options| Box::pin(start::start_and_idle(options)) },
        Scenario { name: "the whole system", run: |options| Box::pin(consultation::idle(options)) },
        Scenario { name: "a whole consultation", run: |options| Box::pin(consultation::whole(options)) },
        Scenario { name: "ask to queue row", run: |options| Box::pin(consultation::ask_to_row(options)) },
        Scenario { name: "disk", run: |options| Box::pin(send::disk(options)) },
    ]
}
