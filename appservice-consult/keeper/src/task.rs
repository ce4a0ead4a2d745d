//! The one task that owns the crypto machine: takes commands one after the other, in the order they came.

use std::{sync::Arc, time::Duration};

use serde_json::Value;
use tokio::{
    sync::{mpsc, oneshot},
    time::MissedTickBehavior,
};

use crate::{
    Context, Custody, HandOver, History, Identity, KeeperConfig, KeeperError, Received, SecretWish, Sent, Transaction,
    Waiting, keeper::About, machine::Machine,
};

/// How often requests that failed are sent again while nothing else happens.
const RETRY_EVERY: Duration = Duration::from_secs(30);

type Answer<T> = oneshot::Sender<Result<T, KeeperError>>;

#[derive(Debug)]
pub(crate) enum Command {
    Receive { transaction: Transaction, answer: Answer<Received> },
    Send { room_id: String, event_type: String, content: Value, txn_id: String, answer: Answer<Sent> },
    History { room_id: String, answer: Answer<History> },
    HandOver { history: History, user_id: String, answer: Answer<HandOver> },
    Joined { room_id: String, user_id: String, answer: Answer<Option<HandOver>> },
    Trust { user_id: String, answer: Answer<()> },
    Approve { user_id: String, answer: Answer<()> },
    Identity { user_id: String, answer: Answer<Identity> },
    ListWaiting { room_id: String, answer: Answer<Vec<Waiting>> },
    BackupSecret { user_id: String, wish: SecretWish, answer: Answer<Custody> },
    ForgetBackupSecret { user_id: String, answer: Answer<()> },
    Export { recipient: String, answer: Answer<Vec<u8>> },
    Close { answer: oneshot::Sender<()> },
}

pub(crate) struct Task {
    machine: Machine,
    about: Arc<About>,
}

impl Task {
    pub(crate) async fn start(config: KeeperConfig, context: Context) -> Result<Self, KeeperError> {
        Self::of(Machine::start(config, context).await?).await
    }

    pub(crate) async fn restore(
        config: KeeperConfig,
        context: Context,
        sealed: &[u8],
        identity: &str,
    ) -> Result<Self, KeeperError> {
        Self::of(Machine::restore(config, context, sealed, identity).await?).await
    }

    async fn of(machine: Machine) -> Result<Self, KeeperError> {
        let about = About {
            user_id: machine.user.to_string(),
            device_id: machine.device.to_string(),
            master_key: machine.held_master_key().await?.ok_or(KeeperError::NotCrossSigned)?,
        };
        Ok(Self { machine, about: Arc::new(about) })
    }

    pub(crate) fn about(&self) -> Arc<About> {
        Arc::clone(&self.about)
    }

    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut retry = tokio::time::interval(RETRY_EVERY);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let command = tokio::select! {
                biased;
                command = commands.recv() => command,
                _ = retry.tick() => {
                    self.machine.drain_or_log().await;
                    continue;
                }
            };
            match command {
                None => break self.machine.store.close().await,
                Some(Command::Close { answer }) => {
                    self.machine.store.close().await;
                    drop(self);
                    let _caller_is_gone = answer.send(());
                    break;
                }
                Some(command) => self.obey(command).await,
            }
        }
    }

    async fn obey(&mut self, command: Command) {
        let machine = &mut self.machine;
        let stores_failed = match command {
            Command::Receive { transaction, answer } => {
                let failed = tell(answer, machine.receive(&transaction).await);
                // What this transaction made necessary need not hold up its acknowledgement.
                machine.drain_if_stirred().await;
                failed
            }
            Command::Send { room_id, event_type, content, txn_id, answer } => {
                tell(answer, machine.send(&room_id, &event_type, content, &txn_id).await)
            }
            Command::History { room_id, answer } => tell(answer, machine.history(&room_id).await),
            Command::HandOver { history, user_id, answer } => tell(answer, machine.hand_over(&history, &user_id).await),
            Command::Joined { room_id, user_id, answer } => tell(answer, machine.joined(&room_id, &user_id).await),
            Command::Trust { user_id, answer } => tell(answer, machine.trust_operator(&user_id).await),
            Command::Approve { user_id, answer } => tell(answer, machine.approve_identity(&user_id).await),
            Command::Identity { user_id, answer } => tell(answer, machine.identity(&user_id).await),
            Command::ListWaiting { room_id, answer } => tell(answer, machine.list_waiting(&room_id)),
            Command::BackupSecret { user_id, wish, answer } => {
                tell(answer, machine.backup_secret(&user_id, wish).await)
            }
            Command::ForgetBackupSecret { user_id, answer } => {
                tell(answer, machine.forget_backup_secret(&user_id).await)
            }
            Command::Export { recipient, answer } => tell(answer, machine.export(&recipient).await),
            Command::Close { answer } => {
                let _caller_is_gone = answer.send(());
                false
            }
        };
        if stores_failed && let Err(error) = machine.reopen().await {
            tracing::error!(error = &error as &dyn std::error::Error, "the keeper's store cannot be opened again");
        }
    }
}

/// Answers, and says whether the crypto store may hold less than the machine believes.
fn tell<T>(answer: Answer<T>, result: Result<T, KeeperError>) -> bool {
    let failed = matches!(result, Err(KeeperError::Store(_) | KeeperError::Crypto(_)));
    // A caller who stopped waiting has no use for the answer.
    let _caller_is_gone = answer.send(result);
    failed
}
