//! Telling the open streams: one reader of the log for all of them, so that load follows what changes and not how many consoles are open.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use super::log::{self, Change, Kind};
use super::render::Rendered;
use crate::api::problem::chain;
use crate::ids::{OperatorId, UserId};
use crate::operator;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// Changes that a slow stream may be behind before it reads the log itself.
const BUFFER: usize = 1_024;
/// Streams that one account may have open: a few tabs and devices.
const STREAMS_OF_ONE_USER: usize = 16;
/// A hint may be lost, and another process (the command line) gives none: so often the log is read without one.
const LOOK: std::time::Duration = std::time::Duration::from_secs(1);
/// Pause after the log could not be read.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);

/// A change with what is rendered of it.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) change: Change,
    pub(super) rendered: Rendered,
}

/// The open streams of a tenant.
#[derive(Debug)]
pub struct Feed {
    sender: broadcast::Sender<Arc<Published>>,
    open: Arc<Mutex<HashMap<UserId, usize>>>,
    stop: CancellationToken,
}

impl Feed {
    /// Nobody listens yet. `stop` ends all streams.
    pub fn new(stop: CancellationToken) -> Self {
        Self { sender: broadcast::Sender::new(BUFFER), open: Arc::default(), stop }
    }

    /// Publishes what is committed until it is told to stop.
    pub async fn pump(tenant: Arc<Tenant>) {
        let mut hints = tenant.store.hints().changes();
        let mut last = None;
        while !tenant.feed.stop.is_cancelled() {
            hints.mark_unchanged();
            match tenant.feed.publish(&tenant, &mut last).await {
                Ok(true) => {}
                Ok(false) => tokio::select! {
                    () = tenant.feed.stop.cancelled() => {}
                    _ = hints.changed() => {}
                    () = tokio::time::sleep(LOOK) => {}
                },
                Err(error) => {
                    tracing::error!(error = %chain(&error), "the log of changes cannot be read");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Publishes one batch. Returns whether there may be more.
    async fn publish(&self, tenant: &Tenant, last: &mut Option<i64>) -> Result<bool, StoreError> {
        let mut reading = tenant.store.read().await?;
        let from = match *last {
            Some(from) => from,
            None => log::bounds(&mut reading).await?.0,
        };
        let changes = log::after(&mut reading, from).await?;
        let read = changes.len();
        *last = Some(changes.last().map_or(from, |change| change.sequence));
        meet_new_staff(tenant, &mut reading, &changes).await?;
        for change in latest(changes) {
            // No receiver: nobody listens.
            let _nobody = self.sender.send(Arc::new(Published { change, rendered: Rendered::default() }));
        }
        Ok(read > 0)
    }

    pub(super) fn subscribe(&self) -> broadcast::Receiver<Arc<Published>> {
        self.sender.subscribe()
    }

    pub(super) fn stopped(&self) -> &CancellationToken {
        &self.stop
    }

    /// A place for one more stream of an account; `None`: it has as many as it may.
    pub fn admit(&self, user: &UserId) -> Option<Admission> {
        let mut open = self.open.lock();
        let count = open.entry(user.clone()).or_insert(0);
        if *count >= STREAMS_OF_ONE_USER {
            return None;
        }
        *count += 1;
        Some(Admission { user: user.clone(), open: Arc::clone(&self.open) })
    }
}

/// Members of staff whom another process made are not in memory yet.
async fn meet_new_staff(tenant: &Tenant, session: &mut Session, changes: &[Change]) -> Result<(), StoreError> {
    let is_known = |id: &str| tenant.staff.by_id(&OperatorId::from(id)).is_some();
    if changes.iter().any(|change| change.kind == Kind::Operator && !is_known(&change.subject)) {
        operator::meet_new(session, &tenant.staff).await?;
    }
    Ok(())
}

/// A place that is given back when the stream ends.
#[derive(Debug)]
pub struct Admission {
    user: UserId,
    open: Arc<Mutex<HashMap<UserId, usize>>>,
}

impl Drop for Admission {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        if let Some(count) = open.get_mut(&self.user) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.user);
            }
        }
    }
}

/// Of several changes of one record only the last; the order stays.
pub(super) fn latest(changes: Vec<Change>) -> Vec<Change> {
    let mut seen: HashSet<(Kind, String, Option<String>)> = HashSet::new();
    let mut latest: Vec<Change> = changes
        .into_iter()
        .rev()
        .filter(|change| seen.insert((change.kind, change.subject.clone(), change.audience.clone())))
        .collect();
    latest.reverse();
    latest
}

#[cfg(test)]
mod tests {
    use super::{Feed, latest};
    use crate::change::{Change, Kind};
    use tokio_util::sync::CancellationToken;

    fn change(sequence: i64, subject: &str) -> Change {
        Change { sequence, kind: Kind::Consultation, subject: subject.to_owned(), audience: None }
    }

    #[test]
    fn several_changes_of_one_record_are_one_event() {
        let changes = latest(vec![change(1, "a"), change(2, "b"), change(3, "a")]);
        assert_eq!(changes.iter().map(|change| change.sequence).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn an_account_has_a_bounded_number_of_streams() {
        let feed = Feed::new(CancellationToken::new());
        let user = "@a:x".into();
        let places: Vec<_> = std::iter::from_fn(|| feed.admit(&user)).collect();
        assert_eq!(places.len(), 16);
        drop(places);
        assert!(feed.admit(&user).is_some());
    }
}
