//! Errands: what a change of a user still has to do in his rooms, written in the batch of that change.
//!
//! A new name goes into each room's member event, an account that ends leaves its rooms: more events than one batch may hold, each
//! written by its room. So the change writes a row here, a worker of `room` does what it says, as often as it takes, and deletes it
//! when nothing is left to do. Doing it twice changes nothing.
//!
//! Deliberately absent: what an errand does.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, Versioned, View, limits::RANGE_ROWS_MAX};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use crate::{
    http::host::Service,
    ids::UserKey,
    keyspaces::ERRANDS,
    tenant::Tenant,
    writer::{Touched, Writer},
};

/// A request waits for its own errand at most so long; it is done later all the same.
const SETTLE_WITHIN: Duration = Duration::from_secs(10);

/// What is to be done in the rooms of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Errand {
    /// His member events take his name and picture as they are now.
    Profile,
    /// He leaves, and declines invitations.
    Leave,
}

impl Versioned for Errand {
    const VERSION: u8 = 1;
}

impl Errand {
    /// The number in keys.
    fn tag(self) -> u8 {
        match self {
            Self::Profile => 0,
            Self::Leave => 1,
        }
    }
}

/// Adds the errand to the batch that makes it necessary. Call [`Errands::hint`] after the commit.
pub fn record(batch: &mut Batch, user: UserKey, errand: Errand) {
    ERRANDS.put_versioned(batch, &(user.0, errand.tag()), &errand);
}

/// The errands of a tenant.
#[derive(Debug)]
pub struct Errands {
    writer: Writer,
    wake: Notify,
    rounds: watch::Sender<Rounds>,
}

/// How often all that was there to do was tried.
#[derive(Clone, Copy, Debug, Default)]
struct Rounds {
    ended: u64,
    /// Nobody works any more: what is left is done after the next start.
    closed: bool,
}

impl Service for Errands {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.errands
    }
}

impl Errands {
    pub fn new(writer: Writer) -> Self {
        Self { writer, wake: Notify::new(), rounds: watch::Sender::default() }
    }

    /// There may be something to do.
    pub fn hint(&self) {
        self.wake.notify_one();
    }

    /// Ends when there may be something to do.
    pub async fn hinted(&self) {
        self.wake.notified().await;
    }

    /// What is to be done, by user, each with the version by which it is taken off.
    pub async fn waiting(&self, view: &dyn View) -> Result<BTreeMap<UserKey, BTreeMap<Errand, Position>>, StoreError> {
        let mut waiting = BTreeMap::<_, BTreeMap<_, _>>::new();
        for ((user, _), version, errand) in
            ERRANDS.scan_versioned(view, &(), RANGE_ROWS_MAX, Direction::Forward).await?
        {
            waiting.entry(UserKey(user)).or_default().insert(errand, version);
        }
        Ok(waiting)
    }

    /// The errand is done, as it stood at `version`: one that was recorded again since is done again.
    pub async fn done(&self, user: UserKey, errand: Errand, version: Position) -> Result<(), CommitError> {
        let key = (user.0, errand.tag());
        let mut batch = Batch::new();
        ERRANDS.guard_equals(&mut batch, &key, version);
        ERRANDS.delete(&mut batch, &key);
        match self.writer.commit(batch, Touched::default()).await {
            Ok(_) => Ok(()),
            Err(CommitError::Conflict { .. }) => {
                self.hint();
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// All that was there to do was tried.
    pub fn round_ended(&self) {
        self.rounds.send_modify(|rounds| rounds.ended += 1);
    }

    /// The worker ends: who waits for it waits no longer.
    pub fn close(&self) {
        self.rounds.send_modify(|rounds| rounds.closed = true);
    }

    /// Has the errands of `user` done now, and waits a while for it: what the user sees next should have them.
    pub async fn settle(&self, user: UserKey) {
        let mut rounds = self.rounds.subscribe();
        self.hint();
        let settled = async {
            loop {
                if rounds.borrow_and_update().closed {
                    return;
                }
                let view = self.writer.view();
                let rows = ERRANDS.scan_versioned(&*view, &(user.0,), 1, Direction::Forward).await;
                // A store that cannot be read is the next request's affair: the errand is not lost.
                if rows.is_ok_and(|rows| rows.is_empty()) || rounds.changed().await.is_err() {
                    return;
                }
            }
        };
        let _late = tokio::time::timeout(SETTLE_WITHIN, settled).await;
    }
}
