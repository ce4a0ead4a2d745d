//! What changed, for the streams of the apps: a log of names, not of values.
//!
//! A row is written in the transaction of the change, so a stream that follows the log misses nothing. What is sent is the record as it stands when it is
//! sent; several changes of one record between two looks are one event. `log.rs` writes and reads rows, `feed.rs` tells open streams, `stream.rs` is one
//! open stream, `hearing.rs` says which consoles hear of a change, `render.rs` makes a payload once for all that hear the same.

mod feed;
mod hearing;
mod log;
mod render;
mod stream;

pub use feed::Feed;
pub use log::{Change, Kind, append, trim};
pub use render::Audience;
pub use stream::{Resumption, StillAllowed, follow, resumption};
