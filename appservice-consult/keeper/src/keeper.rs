//! The handle: each call is a command in the task's queue. No decisions here.

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::{
    Context, Custody, HandOver, Identity, KeeperConfig, KeeperError, Received, SecretWish, Sent, Transaction, Waiting,
    task::{Command, Task},
};

/// Commands that wait for the task. A transaction waits for a place; anything else is told `Busy` after [`PATIENCE`].
const QUEUE_MAX: usize = 64;
const PATIENCE: Duration = Duration::from_secs(5);

/// One tenant's keeper. Cheap to clone: a handle to the one task that owns the crypto machine.
///
/// The task ends with the last handle, or by [`Keeper::close`].
#[derive(Clone, Debug)]
pub struct Keeper {
    queue: mpsc::Sender<Command>,
    about: Arc<About>,
}

/// What never changes while a keeper runs.
#[derive(Debug)]
pub(crate) struct About {
    pub(crate) user_id: String,
    pub(crate) device_id: String,
    pub(crate) master_key: String,
}

impl Keeper {
    /// Opens the folder, registers user and device at need, uploads keys (a fallback key too), sets up cross-signing.
    ///
    /// Errors: `InUse`, `WrongKey`, `ForeignFolder`, `ForeignIdentity` and `ForeignDevice` (restore from the backup),
    /// `NotCrossSigned`, `Unreachable` (try again), `Refused`.
    pub async fn start(config: KeeperConfig, context: Context) -> Result<Self, KeeperError> {
        Ok(Self::run(Task::start(config, context).await?))
    }

    /// Makes a new keeper from a backup, on an empty folder and with a new device; deletes the device of the backup.
    ///
    /// `sealed` is what [`Keeper::export`] gave, `identity` the age secret key (`AGE-SECRET-KEY-1…`) of its recipient.
    /// Clients see the same identity. What came after the backup is mended by `shareRoomHistoryWithUser` of the clients.
    ///
    /// Errors: `Backup` (other key, damaged, other user, folder not empty), and those of [`Keeper::start`].
    pub async fn restore(
        config: KeeperConfig,
        context: Context,
        sealed: &[u8],
        identity: &str,
    ) -> Result<Self, KeeperError> {
        Ok(Self::run(Task::restore(config, context, sealed, identity).await?))
    }

    fn run(task: Task) -> Self {
        let (queue, commands) = mpsc::channel(QUEUE_MAX);
        let about = task.about();
        tokio::spawn(task.run(commands));
        Self { queue, about }
    }

    /// The keeper's user, e.g. `@keeper:hs.test`.
    pub fn user_id(&self) -> &str {
        &self.about.user_id
    }

    pub fn device_id(&self) -> &str {
        &self.about.device_id
    }

    /// The public master key (Ed25519, unpadded base64): what a brand publishes so that its apps can compare.
    pub fn master_key(&self) -> &str {
        &self.about.master_key
    }

    /// Takes one application-service transaction: keys, members, events. Idempotent; transactions come in order, and the
    /// next one only after this one was acknowledged.
    ///
    /// Commit the answer in SQL, then acknowledge. When the answer is lost, the repeated transaction gives it again.
    /// Errors: `Store` and `Crypto`: do not acknowledge.
    pub async fn receive(&self, transaction: Transaction) -> Result<Received, KeeperError> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(Command::Receive { transaction, answer }).await.map_err(|_| KeeperError::Closed)?;
        answered.await.map_err(|_| KeeperError::Closed)?
    }

    /// Sends a message event to a room, encrypted if the room is. A repeated `txn_id` gives the first event's id.
    ///
    /// Errors: `NotInRoom`, `Unreachable`, `Refused`, `Busy`.
    pub async fn send(
        &self,
        room_id: &str,
        event_type: &str,
        content: Value,
        txn_id: &str,
    ) -> Result<Sent, KeeperError> {
        let (room_id, event_type, txn_id) = (room_id.to_owned(), event_type.to_owned(), txn_id.to_owned());
        self.ask(|answer| Command::Send { room_id, event_type, content, txn_id, answer }).await
    }

    /// Gives all keys that the keeper holds of a room to the cross-signed devices of a user: before the invite, when he
    /// asks for the keys anew, and for a patient with a new device. Needs no shared room.
    ///
    /// Errors: `IdentityChanged` (ask a supervisor, or the patient for a fresh sign-in; then `approve_identity`).
    pub async fn hand_over(&self, room_id: &str, user_id: &str) -> Result<HandOver, KeeperError> {
        let (room_id, user_id) = (room_id.to_owned(), user_id.to_owned());
        self.ask(|answer| Command::HandOver { room_id, user_id, answer }).await
    }

    /// Hands over again, but only when a cross-signed device of the user lacks a session that the keeper could give.
    /// To be called when the join comes by transaction, and at a participant's device change.
    ///
    /// `None`: nothing was missing. Errors: those of [`Keeper::hand_over`].
    pub async fn joined(&self, room_id: &str, user_id: &str) -> Result<Option<HandOver>, KeeperError> {
        let (room_id, user_id) = (room_id.to_owned(), user_id.to_owned());
        self.ask(|answer| Command::Joined { room_id, user_id, answer }).await
    }

    /// Signs the operator's master key, so that a replaced identity gets no history. At onboarding. Idempotent.
    ///
    /// Errors: `NoIdentity` (he has not set up his keys), `IdentityChanged` (approve first).
    pub async fn trust_operator(&self, user_id: &str) -> Result<(), KeeperError> {
        let user_id = user_id.to_owned();
        self.ask(|answer| Command::Trust { user_id, answer }).await
    }

    /// Accepts a replaced identity: of an operator after a supervisor's approval (then call `trust_operator` again), of
    /// a patient after a fresh sign-in. Audit it. Idempotent.
    ///
    /// Errors: `NoIdentity`.
    pub async fn approve_identity(&self, user_id: &str) -> Result<(), KeeperError> {
        let user_id = user_id.to_owned();
        self.ask(|answer| Command::Approve { user_id, answer }).await
    }

    /// Asks the homeserver afresh for a user's identity and devices, and says what the keeper thinks of them.
    pub async fn identity(&self, user_id: &str) -> Result<Identity, KeeperError> {
        let user_id = user_id.to_owned();
        self.ask(|answer| Command::Identity { user_id, answer }).await
    }

    /// Events of a room that still wait for their key, oldest first: for «keeper misses a session of yours».
    pub async fn waiting(&self, room_id: &str) -> Result<Vec<Waiting>, KeeperError> {
        let room_id = room_id.to_owned();
        self.ask(|answer| Command::ListWaiting { room_id, answer }).await
    }

    /// The secret of an account's key backup: made at the first request, the same at every later one, also for requests that come at
    /// the same time. Whether the caller may have it is for the caller to know.
    ///
    /// Errors: `SecretDamaged`.
    pub async fn backup_secret(&self, user_id: &str, wish: SecretWish) -> Result<Custody, KeeperError> {
        let user_id = user_id.to_owned();
        self.ask(|answer| Command::BackupSecret { user_id, wish, answer }).await
    }

    /// Destroys the keeper's copy of an account's secret; from now on it is in the person's own hands. Idempotent.
    pub async fn forget_backup_secret(&self, user_id: &str) -> Result<(), KeeperError> {
        let user_id = user_id.to_owned();
        self.ask(|answer| Command::ForgetBackupSecret { user_id, answer }).await
    }

    /// The backup: room keys, cross-signing seeds and secrets of key backups, sealed to an age recipient (`age1…`, the partner's key).
    ///
    /// Each night and before upgrades. Errors: `Backup` when the recipient is no age key.
    pub async fn export(&self, recipient: &str) -> Result<Vec<u8>, KeeperError> {
        let recipient = recipient.to_owned();
        self.ask(|answer| Command::Export { recipient, answer }).await
    }

    /// Ends the task after the commands before this one, and gives back folder and lease.
    pub async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.queue.send(Command::Close { answer }).await.is_ok() {
            let _closed = answered.await;
        }
    }

    async fn ask<T>(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<T, KeeperError>>) -> Command,
    ) -> Result<T, KeeperError> {
        let (answer, answered) = oneshot::channel();
        match self.queue.send_timeout(command(answer), PATIENCE).await {
            Ok(()) => answered.await.map_err(|_| KeeperError::Closed)?,
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => Err(KeeperError::Busy),
            Err(mpsc::error::SendTimeoutError::Closed(_)) => Err(KeeperError::Closed),
        }
    }
}
