//! The bridge as a value: opened, served, stopped. A process may hold several.
//!
//! Deliberately absent: listening, signals, the log, the lease of the folder, which are the binary's.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use consilium_config::Problem;
use consilium_config::check::list;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::context::Clock;
use crate::credentials::Credentials;
use crate::lanes::Lanes;
use crate::poll;
use crate::receive::{self, Receiver};
use crate::request::Sender;
use crate::store::{Store, StoreError};
use crate::template::Templates;
use crate::work::Worker;

/// How often what is too old is forgotten.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// How long the end waits for work under way; what is not done by then is continued after the next start.
const FINISH_WITHIN: Duration = Duration::from_secs(15);
/// Unit: seconds.
const DAY_SECONDS: i64 = 86_400;

/// Why a bridge did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A secret is not there, or something cannot be sent.
    #[error("the mapping cannot be used here:{}", list(.0))]
    Refused(Vec<Problem>),
    /// The store cannot be used.
    #[error("data_dir: the store cannot be opened")]
    Store(#[from] StoreError),
}

/// A bridge.
pub struct Bridge {
    worker: Arc<Worker>,
    receiver: Arc<Receiver>,
}

impl Bridge {
    /// Opens the store in `config.data_dir`, which is there, and reads the secrets.
    pub fn open(config: Config, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let credentials = Credentials::read(&config).map_err(OpenError::Refused)?;
        let sender = Sender::new(&config, &credentials).map_err(|problem| OpenError::Refused(vec![problem]))?;
        let store = Store::open(&config.data_dir)?;
        let (templates, lanes, tasks) = (Templates::new(), Arc::new(Lanes::default()), TaskTracker::new());
        let worker = Arc::new(Worker { config, clock, store, sender, templates, lanes, tasks });
        let receiver = Receiver::new(Arc::clone(&worker), credentials.webhook, credentials.from_crm);
        Ok(Self { worker, receiver: Arc::new(receiver) })
    }

    /// What Consilium and the CRM call.
    pub fn router(&self) -> Router {
        receive::router(Arc::clone(&self.receiver))
    }

    /// Does what comes with time: polls, and forgetting. Until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        for name in self.worker.config.poll.keys() {
            self.worker.tasks.spawn(poll::run(Arc::clone(&self.worker), name.clone(), stop.clone()));
        }
        loop {
            self.tidy().await;
            if stop.run_until_cancelled(tokio::time::sleep(TIDY_EVERY)).await.is_none() {
                return;
            }
        }
    }

    /// One round of a poll of the mapping, at once. How many items were done.
    pub async fn poll_once(&self, name: &str) -> usize {
        if self.worker.config.poll.contains_key(name) { poll::once(&self.worker, name).await } else { 0 }
    }

    /// What it remembers.
    pub fn store(&self) -> &Store {
        &self.worker.store
    }

    /// Waits for work under way.
    pub async fn finish(&self) {
        self.worker.tasks.close();
        if tokio::time::timeout(FINISH_WITHIN, self.worker.tasks.wait()).await.is_err() {
            tracing::warn!("some work did not end in time; it is continued after the next start");
        }
    }

    async fn tidy(&self) {
        let kept = i64::from(self.worker.config.keep_days) * DAY_SECONDS;
        let before = self.worker.clock.now_seconds().saturating_sub(kept);
        loop {
            match self.worker.store.tidy(before).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::error!(%error, "the store failed");
                    return;
                }
            }
        }
    }
}
