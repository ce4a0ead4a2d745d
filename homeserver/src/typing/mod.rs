//! Who is typing in which room: in memory only, for seconds. A restart forgets it, which is right.
//!
//! Source: client-server API v1.19 §Typing notifications.

mod routes;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::{sync::watch, time::Instant};
use tokio_util::sync::CancellationToken;

pub use routes::set_typing;

use crate::{
    feeds::Feeds,
    http::host::Service,
    ids::{RoomKey, UserKey},
    tenant::Tenant,
};

/// Longest time that one request keeps a user typing.
pub const TIMEOUT_MAX: Duration = Duration::from_mins(2);

/// People shown as typing in one room; further ones are left out, so that the list stays small.
pub const TYPISTS_MAX: usize = 100;

#[derive(Debug, Default)]
struct Room {
    typists: HashMap<UserKey, Instant>,
    /// Serial number of the last change.
    serial: u64,
}

/// The typists of all rooms of a tenant.
#[derive(Debug)]
pub struct Typing {
    rooms: Mutex<HashMap<RoomKey, Room>>,
    serial: AtomicU64,
    feeds: Arc<Feeds>,
    stop: CancellationToken,
    changes: watch::Sender<u64>,
}

impl Service for Typing {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.typing
    }
}

impl Typing {
    /// `first_serial` must be greater than any that an earlier process gave: the time in milliseconds.
    pub fn new(feeds: Arc<Feeds>, first_serial: u64, stop: CancellationToken) -> Arc<Self> {
        Arc::new(Self {
            rooms: Mutex::default(),
            serial: AtomicU64::new(first_serial),
            feeds,
            stop,
            changes: watch::Sender::new(first_serial),
        })
    }

    /// Changes with every change anywhere.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The typists of every room where they changed after `since`.
    pub fn changed_after(&self, since: u64) -> Vec<(RoomKey, Vec<UserKey>)> {
        let rooms = self.rooms.lock();
        let changed = rooms.iter().filter(|(_, entry)| entry.serial > since);
        changed.map(|(room, entry)| (*room, entry.typists.keys().copied().collect())).collect()
    }

    /// The serial number of the last change anywhere.
    pub fn serial(&self) -> u64 {
        self.serial.load(Ordering::Acquire)
    }

    /// `user` types in `room` for `timeout` (at most [`TIMEOUT_MAX`]).
    pub fn start(self: &Arc<Self>, room: RoomKey, user: UserKey, timeout: Duration) {
        let until = Instant::now() + timeout.min(TIMEOUT_MAX);
        {
            let mut rooms = self.rooms.lock();
            let entry = rooms.entry(room).or_default();
            let is_new = !entry.typists.contains_key(&user);
            if is_new && entry.typists.len() >= TYPISTS_MAX {
                return;
            }
            entry.typists.insert(user, until);
            if is_new {
                self.changed(room, entry);
            }
        }
        let typing = Arc::clone(self);
        tokio::spawn(async move {
            let stop = typing.stop.clone();
            if stop.run_until_cancelled(tokio::time::sleep_until(until)).await.is_some() {
                typing.expire(room, user);
            }
        });
    }

    /// `user` types no longer in `room`: said so, sent a message, or left.
    pub fn stop(&self, room: RoomKey, user: UserKey) {
        self.remove(room, user, |_| true);
    }

    fn expire(&self, room: RoomKey, user: UserKey) {
        let now = Instant::now();
        self.remove(room, user, |until| until <= now);
    }

    fn remove(&self, room: RoomKey, user: UserKey, is_over: impl FnOnce(Instant) -> bool) {
        let mut rooms = self.rooms.lock();
        let Some(entry) = rooms.get_mut(&room) else { return };
        if entry.typists.get(&user).copied().is_some_and(is_over) {
            entry.typists.remove(&user);
            self.changed(room, entry);
        }
    }

    fn changed(&self, room: RoomKey, entry: &mut Room) {
        entry.serial = self.serial.fetch_add(1, Ordering::AcqRel) + 1;
        self.feeds.typing_changed(room, entry.serial);
        self.changes.send_replace(entry.serial);
    }

    /// The typists of `room` when they changed after `since`, in no order.
    pub fn typists_after(&self, room: RoomKey, since: u64) -> Option<Vec<UserKey>> {
        let rooms = self.rooms.lock();
        let entry = rooms.get(&room)?;
        (entry.serial > since).then(|| entry.typists.keys().copied().collect())
    }
}
