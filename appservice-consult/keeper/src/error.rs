//! What can go wrong with a keeper, named by what the caller can do about it.

use std::path::PathBuf;

use crate::store;

type Source = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum KeeperError {
    /// A setting cannot be used: the setting and the remedy.
    #[error("the keeper's setting `{setting}` is wrong: {problem}")]
    Config { setting: &'static str, problem: String },
    /// The key file cannot be read, written or understood.
    #[error("the key file {path} cannot be used: {problem}", path = path.display())]
    KeyFile { path: PathBuf, problem: String },
    /// The folder's store was written with another key.
    #[error("the key does not open the keeper's store: it was written with another `keeper.key`")]
    WrongKey,
    /// The folder belongs to another user than the configured one.
    #[error("the keeper's folder belongs to {0}: give this tenant a folder of its own")]
    ForeignFolder(String),
    /// Another process holds the folder's lease. Two keepers on one store break the ratchets.
    #[error("another process runs this keeper: stop it, or give this one a folder of its own")]
    InUse,
    /// The server publishes a cross-signing identity for the keeper whose keys are not in the store.
    ///
    /// Remedy: restore from the backup. Never reset silently: every client would see a changed keeper.
    #[error("the homeserver knows another identity of the keeper: restore the keeper from its backup")]
    ForeignIdentity,
    /// The server knows this device with other keys than the store's (an old copy of the folder, a lost folder).
    #[error("the homeserver knows the keeper's device with other keys: restore the keeper from its backup")]
    ForeignDevice,
    /// Cross-signing did not come about, so no history could be handed over later.
    #[error("the keeper's device is not signed by its identity after set-up")]
    NotCrossSigned,
    /// The homeserver did not answer. Try again.
    #[error("the homeserver does not answer")]
    Unreachable(#[source] Source),
    /// The homeserver answered with an error.
    #[error("the homeserver refused with {status} {errcode}: {message}")]
    Refused { status: u16, errcode: String, message: String },
    /// The homeserver's answer is not what the specification says.
    #[error("the homeserver's answer to {request} is not understood")]
    BadAnswer { request: &'static str, source: Source },
    /// The body is not a transaction: not a JSON object.
    #[error("not an application-service transaction: {0}")]
    NotATransaction(String),
    /// An argument is no user id, room id or the like.
    #[error("`{value}` is not a {expected}")]
    BadArgument { expected: &'static str, value: String },
    /// The keeper is not in this room.
    #[error("the keeper is not in the room {0}")]
    NotInRoom(String),
    /// The queue is full. Try again.
    #[error("the keeper has too much to do: try again")]
    Busy,
    /// The keeper was closed, or its task died: start a new one.
    #[error("the keeper is closed")]
    Closed,
    /// The user has no cross-signing identity yet; for an operator: «set up your keys».
    #[error("{user} has no cross-signing identity")]
    NoIdentity { user: String },
    /// The user's identity is another than the one that was trusted; nothing is sent before `approve_identity`.
    #[error("the cross-signing identity of {user} has changed and is not approved")]
    IdentityChanged { user: String },
    /// The backup cannot be made or read: what is wrong with it.
    #[error("the keeper's backup cannot be used: {0}")]
    Backup(String),
    /// The stored secret of an account does not open: it was changed, or written with another key. Restore from the backup.
    #[error("the secret of {user} in the keeper's store does not open")]
    SecretDamaged { user: String },
    /// The keeper's folder cannot be read or written. The command had no effect that a repetition would double.
    #[error("the keeper's store failed")]
    Store(#[source] Source),
    /// The crypto library refused.
    #[error("the keeper's crypto failed")]
    Crypto(#[source] Source),
}

impl KeeperError {
    /// Whether the same may succeed a little later, without anybody mending something: the homeserver is away, the store is held by somebody else or its disk full.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Busy | Self::Closed => true,
            Self::Store(source) => store::may_pass(&**source),
            _ => false,
        }
    }

    pub(crate) fn store(source: impl Into<Source>) -> Self {
        Self::Store(source.into())
    }

    pub(crate) fn crypto(source: impl Into<Source>) -> Self {
        Self::Crypto(source.into())
    }
}
