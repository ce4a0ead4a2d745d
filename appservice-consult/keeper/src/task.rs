//! The one task that owns the crypto machine.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use crate::{
    Context, HandOver, Identity, KeeperConfig, KeeperError, Received, Sent, Transaction, Waiting, keeper::About,
};

type Answer<T> = oneshot::Sender<Result<T, KeeperError>>;

#[derive(Debug)]
#[expect(dead_code, reason = "the fields are read by the machine, which follows")]
pub(crate) enum Command {
    Receive { transaction: Transaction, answer: Answer<Received> },
    Send { room_id: String, event_type: String, content: Value, txn_id: String, answer: Answer<Sent> },
    HandOver { room_id: String, user_id: String, answer: Answer<HandOver> },
    Joined { room_id: String, user_id: String, answer: Answer<Option<HandOver>> },
    Trust { user_id: String, answer: Answer<()> },
    Approve { user_id: String, answer: Answer<()> },
    Identity { user_id: String, answer: Answer<Identity> },
    ListWaiting { room_id: String, answer: Answer<Vec<Waiting>> },
    Export { recipient: String, answer: Answer<Vec<u8>> },
    Close { answer: oneshot::Sender<()> },
}

pub(crate) struct Task {
    about: Arc<About>,
}

impl Task {
    pub(crate) async fn start(config: KeeperConfig, context: Context) -> Result<Self, KeeperError> {
        let _ = (config.key.bytes(), config.as_token.reveal(), context.now_ms());
        Err(KeeperError::Config { setting: "keeper", problem: "the machine is not built yet".to_owned() })
    }

    pub(crate) async fn restore(
        config: KeeperConfig,
        context: Context,
        _sealed: &[u8],
        _identity: &str,
    ) -> Result<Self, KeeperError> {
        Self::start(config, context).await
    }

    pub(crate) fn about(&self) -> Arc<About> {
        Arc::clone(&self.about)
    }

    pub(crate) async fn run(self, mut commands: mpsc::Receiver<Command>) {
        while let Some(command) = commands.recv().await {
            if let Command::Close { answer } = command {
                let _closed = answer.send(());
                return;
            }
        }
    }
}
