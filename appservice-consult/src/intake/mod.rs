//! Intake: what the homeserver tells, taken exactly once.
//!
//! ```text
//! transaction ─► keeper (crypto store committed) ─► one SQL transaction: its id and all its effects ─► 200
//! ```
//!
//! A transaction that comes again finds its id and does nothing. A crash between the keeper's commit and ours brings it again; the keeper then gives the
//! same answer. `read.rs` turns events into facts (pure); `apply.rs` writes facts; `messages.rs` keeps messages until they are sealed, `reactions.rs` the signs under
//! them; `last_word.rs` tells sealing that a room has said its last word.
//!
//! Invariant: plaintext of a message is never stored: the content is encrypted with the tenant's key before it reaches SQL, and leaves when it is sealed.

mod apply;
mod last_word;
mod messages;
mod reactions;
mod read;
mod receiver;

pub use last_word::LastWords;
pub use read::{Fact, Said, read};
pub use receiver::{Intake, forget_old};
