//! Feeds: for each connected user, which rooms and sections changed, and when. A cache over [`crate::changes`]: losing it loses nothing.
//!
//! Reading and writing meet here without polling. A writer commits a batch with its change row and gives a hint; the pump, or the next
//! reader, takes the new rows over into the feeds that they concern and wakes the syncs that are parked on them. A reader subscribes to his feed
//! first, catches up, and reads from the view that he caught up with: what is in the view is in his feed, so nothing is lost between the two.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Weak},
    time::Duration,
};

use consilium_event::Membership;
use consilium_store::{Direction, Engine, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use parking_lot::Mutex;
use tokio::{
    sync::{Mutex as AsyncMutex, Notify, watch},
    time::Instant,
};
use tokio_util::sync::CancellationToken;

use crate::{
    changes::{self, Change, Changes},
    horizon::Stream,
    ids::{RoomKey, UserKey},
    keyspaces,
    room::rows::MemberRow,
};

/// Change rows that one read of the stream takes.
const CHANGES_PAGE: usize = 1_000;

/// Change rows that a feed replays for a token older than the feed. Beyond, every room counts as changed.
const REPLAY_MAX: usize = 20_000;

/// A feed that no sync used for so long is dropped.
const IDLE: Duration = Duration::from_mins(10);

/// Feeds kept at most; beyond, those longest unused go first.
const FEEDS_MAX: usize = 20_000;

/// One user's feed.
#[derive(Debug)]
pub struct Feed {
    user: UserKey,
    state: Mutex<State>,
    woken: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    /// Everything after this position is in the feed exactly.
    exact_from: Position,
    /// Last position that concerns the user in each of his rooms, those he left included.
    rooms: HashMap<RoomKey, Position>,
    /// The same, ordered: what changed after a position is its tail.
    order: BTreeSet<(Position, RoomKey)>,
    /// Last change of what is the user's own.
    own: Position,
    typing: HashMap<RoomKey, u64>,
    used: Instant,
}

impl State {
    fn touch(&mut self, room: RoomKey, position: Position) {
        let before = self.rooms.insert(room, position).filter(|before| *before != position);
        if let Some(before) = before {
            // A replay of older rows never moves a room back.
            if before > position {
                self.rooms.insert(room, before);
                return;
            }
            self.order.remove(&(before, room));
        }
        self.order.insert((position, room));
    }

    fn touch_own(&mut self, position: Position) {
        self.own = self.own.max(position);
    }

    fn apply(&mut self, user: UserKey, change: Change, position: Position) {
        match change {
            Change::Event { room } | Change::Receipt { room } if self.rooms.contains_key(&room) => {
                self.touch(room, position);
            }
            Change::Member { room, user: member, .. } if member == user || self.rooms.contains_key(&room) => {
                self.touch(room, position);
            }
            Change::User { user: owner } if owner == user => self.touch_own(position),
            Change::Devices { .. } => self.touch_own(position),
            Change::Event { .. } | Change::Receipt { .. } | Change::Member { .. } | Change::User { .. } => {}
        }
    }
}

/// What changed for a user after a token.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// Rooms with something new, those that changed last at the end.
    pub rooms: Vec<RoomKey>,
    /// Something of the user's own changed.
    pub own: bool,
    /// Rooms whose typists changed.
    pub typing: Vec<RoomKey>,
}

impl News {
    pub fn is_empty(&self) -> bool {
        self.rooms.is_empty() && !self.own && self.typing.is_empty()
    }
}

impl Feed {
    /// Wakes when something changes for the user. Subscribe before [`Feeds::catch_up`].
    pub fn subscribe(&self) -> watch::Receiver<()> {
        self.woken.subscribe()
    }

    /// What changed after `since` and, for typing, after the serial number `typing`.
    pub fn news(&self, since: Position, typing: u64) -> News {
        let mut state = self.state.lock();
        state.used = Instant::now();
        let after = (Position(since.0.saturating_add(1)), RoomKey(0));
        News {
            rooms: state.order.range(after..).map(|(_, room)| *room).collect(),
            own: state.own > since,
            typing: state.typing.iter().filter(|(_, serial)| **serial > typing).map(|(room, _)| *room).collect(),
        }
    }

    /// All rooms of the user, those he left included.
    pub fn rooms(&self) -> Vec<RoomKey> {
        self.state.lock().rooms.keys().copied().collect()
    }

    fn apply_all(&self, rows: &[(Position, Changes)]) {
        let mut state = self.state.lock();
        for (position, changes) in rows {
            for change in &changes.0 {
                state.apply(self.user, *change, *position);
            }
        }
    }
}

/// What is live now: the feeds, and who watches which room.
#[derive(Debug, Default)]
struct Live {
    feeds: HashMap<UserKey, Arc<Feed>>,
    watchers: HashMap<RoomKey, HashMap<UserKey, Weak<Feed>>>,
}

impl Live {
    fn watch(&mut self, room: RoomKey, feed: &Arc<Feed>) {
        self.watchers.entry(room).or_default().insert(feed.user, Arc::downgrade(feed));
    }

    fn unwatch(&mut self, room: RoomKey, user: UserKey) {
        if let Some(watchers) = self.watchers.get_mut(&room) {
            watchers.remove(&user);
            if watchers.is_empty() {
                self.watchers.remove(&room);
            }
        }
    }

    fn watchers(&self, room: RoomKey) -> impl Iterator<Item = Arc<Feed>> {
        self.watchers.get(&room).into_iter().flat_map(HashMap::values).filter_map(Weak::upgrade)
    }

    /// Takes one row over; the feeds that it concerns are added to `woken`.
    fn apply(&mut self, position: Position, changes: &Changes, woken: &mut HashMap<UserKey, Arc<Feed>>) {
        for change in &changes.0 {
            match *change {
                Change::Event { room } | Change::Receipt { room } => {
                    for feed in self.watchers(room) {
                        feed.state.lock().touch(room, position);
                        woken.insert(feed.user, feed);
                    }
                }
                Change::Member { room, user, joined } => self.apply_member(room, user, joined, position, woken),
                // Whom it concerns is found out by those who look: keys change rarely.
                Change::Devices { .. } => {
                    for feed in self.feeds.values() {
                        feed.state.lock().touch_own(position);
                        woken.insert(feed.user, Arc::clone(feed));
                    }
                }
                Change::User { user } => {
                    if let Some(feed) = self.feeds.get(&user) {
                        feed.state.lock().touch_own(position);
                        woken.insert(user, Arc::clone(feed));
                    }
                }
            }
        }
    }

    fn apply_member(
        &mut self,
        room: RoomKey,
        user: UserKey,
        joined: bool,
        position: Position,
        woken: &mut HashMap<UserKey, Arc<Feed>>,
    ) {
        for feed in self.watchers(room).chain(self.feeds.get(&user).cloned()) {
            feed.state.lock().touch(room, position);
            woken.insert(feed.user, feed);
        }
        if !joined {
            self.unwatch(room, user);
        } else if let Some(feed) = self.feeds.get(&user).cloned() {
            self.watch(room, &feed);
        }
    }

    fn drop_feed(&mut self, user: UserKey) {
        if let Some(feed) = self.feeds.remove(&user) {
            for room in feed.rooms() {
                self.unwatch(room, user);
            }
        }
    }
}

/// The feeds of a tenant.
#[derive(Debug)]
pub struct Feeds {
    store: StoreHandle,
    live: Mutex<Live>,
    /// Rows up to here are taken over. The lock is held while rows are read and taken over: one at a time, in order.
    applied: AsyncMutex<Position>,
    committed: Arc<Notify>,
    reached: watch::Sender<Position>,
}

/// The engine, which has no `Debug`.
struct StoreHandle(Arc<dyn Engine>);

impl std::fmt::Debug for StoreHandle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Engine")
    }
}

impl Feeds {
    /// No feeds yet. `committed` is told of every commit: only a wake-up, a lost one delays parked syncs until the next.
    pub fn new(store: Arc<dyn Engine>, committed: Arc<Notify>) -> Arc<Self> {
        let applied = AsyncMutex::new(store.position());
        Arc::new(Self {
            store: StoreHandle(store),
            live: Mutex::default(),
            applied,
            committed,
            reached: watch::Sender::default(),
        })
    }

    /// Takes over what was committed, whenever told; drops idle feeds now and then. Runs until `stop`.
    pub async fn pump(self: Arc<Self>, stop: CancellationToken) {
        let mut sweep = tokio::time::interval(IDLE / 4);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.committed.notified() => {
                    if let Err(error) = self.catch_up().await {
                        tracing::error!(error = %error, "feeds cannot read the changes");
                    }
                }
                _ = sweep.tick() => self.sweep(),
            }
        }
    }

    /// Takes over everything committed so far. What is seen in the view that is returned is in the feeds.
    pub async fn catch_up(&self) -> Result<Arc<dyn View>, StoreError> {
        let mut applied = self.applied.lock().await;
        self.take_over(&mut applied).await
    }

    async fn take_over(&self, applied: &mut Position) -> Result<Arc<dyn View>, StoreError> {
        let view = self.store.0.view();
        while *applied < view.position() {
            let rows = changes::after(&*view, *applied, CHANGES_PAGE).await?;
            let mut woken = HashMap::new();
            {
                let mut live = self.live.lock();
                for (position, changes) in &rows {
                    live.apply(*position, changes, &mut woken);
                }
            }
            *applied = page_end(&rows, *applied, view.position());
            for feed in woken.into_values() {
                feed.woken.send_replace(());
            }
        }
        self.reached.send_if_modified(|reached| std::mem::replace(reached, *applied) != *applied);
        Ok(view)
    }

    /// Changes with every commit that was taken over: for workers that drain outboxes.
    pub fn committed(&self) -> watch::Receiver<Position> {
        self.reached.subscribe()
    }

    /// The feed of `user`, built at the first call.
    pub async fn feed(&self, user: UserKey) -> Result<Arc<Feed>, StoreError> {
        if let Some(feed) = self.live.lock().feeds.get(&user) {
            return Ok(Arc::clone(feed));
        }
        // While the lock is held nothing is taken over, so the feed misses nothing between its view and its first row.
        let mut applied = self.applied.lock().await;
        let view = self.take_over(&mut applied).await?;
        let (feed, joined) = build(&*view, user).await?;
        let mut live = self.live.lock();
        let feed = Arc::clone(live.feeds.entry(user).or_insert_with(|| Arc::new(feed)));
        for room in joined {
            live.watch(room, &feed);
        }
        Ok(feed)
    }

    /// Makes `feed` exact for everything after `since`, by replaying older rows, or by taking every room for changed.
    pub async fn reach_back(&self, feed: &Feed, view: &dyn View, since: Position) -> Result<(), StoreError> {
        let exact_from = feed.state.lock().exact_from;
        if since >= exact_from {
            return Ok(());
        }
        let is_kept = Stream::Changes.reaches(view, since).await?;
        let is_short = exact_from.0 - since.0 <= REPLAY_MAX as u64;
        if is_kept && is_short {
            for page in replay(view, since, exact_from).await? {
                feed.apply_all(&page);
            }
        } else {
            let mut state = feed.state.lock();
            let rooms: Vec<RoomKey> = state.rooms.keys().copied().collect();
            for room in rooms {
                state.touch(room, exact_from);
            }
            state.touch_own(exact_from);
        }
        let mut state = feed.state.lock();
        state.exact_from = state.exact_from.min(since);
        Ok(())
    }

    /// The typists of `room` changed: the serial number of the change.
    pub fn typing_changed(&self, room: RoomKey, serial: u64) {
        for feed in self.live.lock().watchers(room) {
            feed.state.lock().typing.insert(room, serial);
            feed.woken.send_replace(());
        }
    }

    /// Drops the feeds that nobody used for long, and the longest unused of too many.
    fn sweep(&self) {
        let mut live = self.live.lock();
        let now = Instant::now();
        let mut idle: Vec<(Instant, UserKey)> = live
            .feeds
            .values()
            .filter(|feed| feed.woken.receiver_count() == 0)
            .map(|feed| (feed.state.lock().used, feed.user))
            .collect();
        idle.sort_unstable();
        let surplus = live.feeds.len().saturating_sub(FEEDS_MAX);
        for (index, (used, user)) in idle.into_iter().enumerate() {
            if index < surplus || now.duration_since(used) > IDLE {
                live.drop_feed(user);
            }
        }
    }
}

/// A feed that knows the user's rooms at `view` and nothing of older changes; and the rooms that he is joined to.
async fn build(view: &dyn View, user: UserKey) -> Result<(Feed, Vec<RoomKey>), StoreError> {
    let mut state = State {
        exact_from: view.position(),
        rooms: HashMap::new(),
        order: BTreeSet::new(),
        own: Position(0),
        typing: HashMap::new(),
        used: Instant::now(),
    };
    let mut joined = Vec::new();
    for ((_, room), position, member) in rooms_of(view, user).await? {
        state.touch(room, position);
        if member.membership == Membership::Join {
            joined.push(room);
        }
    }
    Ok((Feed { user, state: Mutex::new(state), woken: watch::Sender::new(()) }, joined))
}

/// The user's memberships, each with the position of its last change.
async fn rooms_of(
    view: &dyn View,
    user: UserKey,
) -> Result<Vec<((UserKey, RoomKey), Position, MemberRow)>, StoreError> {
    keyspaces::USER_ROOMS.scan_versioned(view, &(user,), RANGE_ROWS_MAX, Direction::Forward).await
}

/// Where the stream was read to: a full page may end inside a commit of several rows, which is then read again.
fn page_end(rows: &[(Position, Changes)], from: Position, end: Position) -> Position {
    match rows.last() {
        Some((last, _)) if rows.len() == CHANGES_PAGE => Position(last.0.saturating_sub(1)).max(from),
        _ => end,
    }
}

/// The rows of `(from, to]`, in pages.
async fn replay(view: &dyn View, from: Position, to: Position) -> Result<Vec<Vec<(Position, Changes)>>, StoreError> {
    let mut pages = Vec::new();
    let mut from = from;
    while from < to {
        let mut rows = changes::after(view, from, CHANGES_PAGE).await?;
        from = page_end(&rows, from, to);
        rows.retain(|(position, _)| *position <= to);
        pages.push(rows);
    }
    Ok(pages)
}
