//! [`Rooms`]: what the rest of the server asks of rooms.

use std::sync::Arc;

use consilium_event::{Membership, StateKey};
use consilium_store::{CommitError, Direction, StoreError, View, limits::RANGE_ROWS_MAX};
use dashmap::{DashMap, Entry};
use ruma::{MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, RoomId, UInt, UserId, events::StateEventType};
use tokio::sync::{mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    actor::{Actor, Command, MAILBOX_MAX},
    append::{Projection, Txn},
    base::Base,
    create::{self, NewRoom},
    decide::Ask,
    error::RoomError,
    membership::People,
    now::RoomNow,
    projections::day_of,
    read,
    rows::{MemberRow, SentAs, StoredEvent, device_tag},
};
use crate::{
    http::{auth::Requester, host::Service},
    ids::{RoomKey, UserKey},
    keyspaces,
    tenant::Tenant,
    writer::COMMIT_ATTEMPTS,
};

/// The rooms of one tenant.
pub struct Rooms {
    pub base: Arc<Base>,
    pub people: People,
    projections: Arc<[Box<dyn Projection>]>,
    writers: Arc<DashMap<RoomKey, mpsc::Sender<Command>>>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl std::fmt::Debug for Rooms {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Rooms").field("writers", &self.writers.len()).finish_non_exhaustive()
    }
}

impl Service for Rooms {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.rooms
    }
}

impl Rooms {
    /// `projections` is what happens on a send. Writers run on `tasks` until `stop`.
    pub fn new(
        base: Arc<Base>,
        people: People,
        projections: Vec<Box<dyn Projection>>,
        tasks: TaskTracker,
        stop: CancellationToken,
    ) -> Self {
        Self { base, people, projections: projections.into(), writers: Arc::default(), tasks, stop }
    }

    pub fn view(&self) -> Arc<dyn View> {
        self.base.engine.view()
    }

    /// Makes a room; gives its id.
    ///
    /// In a version whose room ids are hashes, two rooms that one user makes alike in one millisecond would be the same room: the later one
    /// is made a millisecond later.
    pub async fn create(&self, mut new: NewRoom) -> Result<OwnedRoomId, RoomError> {
        for _ in 0..COMMIT_ATTEMPTS {
            let mut made = create::make(&self.base, &self.projections, new.clone()).await?;
            let (key, id) = (made.room.key, made.room.id().to_owned());
            match self.base.engine.commit(made.batch).await {
                Ok(_) => {}
                Err(CommitError::Conflict { .. }) => {
                    new.ts = MilliSecondsSinceUnixEpoch(new.ts.get().saturating_add(UInt::from(1_u8)));
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
            self.base.writer.hint();
            self.base.nodes.keep(key, made.room.fresh_nodes.drain());
            self.start(key, Some(made.room));
            return Ok(id);
        }
        Err(RoomError::Busy)
    }

    /// Has the room's writer do what is asked; gives the event that says it.
    pub async fn ask(&self, room: &RoomId, ask: Ask, txn: Option<Txn>) -> Result<OwnedEventId, RoomError> {
        let key = self.base.ids.room(&*self.view(), room).await?.ok_or(RoomError::NotInRoom)?;
        self.ask_key(key, ask, txn).await
    }

    pub async fn ask_key(&self, key: RoomKey, ask: Ask, txn: Option<Txn>) -> Result<OwnedEventId, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.post(key, Command { ask, txn, reply })?;
        // A writer that ended without an answer did so because the tenant closes.
        Ok(answer.await.map_err(|_| RoomError::Busy)??.event_id)
    }

    /// Puts the command into the writer's mailbox, under the lock that a writer takes to go.
    fn post(&self, key: RoomKey, command: Command) -> Result<(), RoomError> {
        let mut command = command;
        loop {
            if let Some(writer) = self.writers.get(&key) {
                match writer.try_send(command) {
                    Ok(()) => return Ok(()),
                    Err(mpsc::error::TrySendError::Full(_)) => return Err(RoomError::Busy),
                    Err(mpsc::error::TrySendError::Closed(back)) => command = back,
                }
            }
            if self.stop.is_cancelled() {
                return Err(RoomError::Busy);
            }
            self.writers.remove_if(&key, |_, writer| writer.is_closed());
            self.start(key, None);
        }
    }

    /// Starts the room's writer unless it has one.
    fn start(&self, key: RoomKey, room: Option<RoomNow>) {
        let Entry::Vacant(vacant) = self.writers.entry(key) else { return };
        let (sender, mailbox) = mpsc::channel(MAILBOX_MAX);
        vacant.insert(sender);
        let actor = Actor::new(key, Arc::clone(&self.base), Arc::clone(&self.projections), room);
        let writers = Arc::clone(&self.writers);
        let may_go = Box::new(move |mailbox: &mpsc::Receiver<Command>| {
            writers.remove_if(&key, |_, _| mailbox.is_empty()).is_some()
        });
        self.tasks.spawn(actor.run(mailbox, may_go, self.stop.clone()));
    }

    /// What was sent under this transaction before: by the same device, on the same path.
    pub async fn sent_before(&self, txn: &Txn) -> Result<Option<OwnedEventId>, RoomError> {
        let view = self.view();
        for day in [txn.day, txn.day.saturating_sub(1)] {
            if let Some(place) = keyspaces::TRANSACTIONS.get(&*view, &(day, txn.user, txn.key)).await? {
                let event = read::event(&*view, place.room, place.seq).await?;
                return Ok(Some(read::event_id(&event.meta.id)?));
            }
        }
        Ok(None)
    }

    /// The transaction of a request. `path` is what stands in the path beside the transaction id.
    pub fn txn(&self, requester: &Requester, path: &[&str], txn_id: &str) -> Txn {
        let device = requester.device.as_ref().map_or("", |device| device.as_str());
        let mut hasher = blake3::Hasher::new();
        for part in path.iter().copied().chain([device, txn_id]) {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let key = *hasher.finalize().as_bytes().first_chunk().expect("a hash has 32 bytes");
        let sent_as = (!device.is_empty()).then(|| SentAs { device: device_tag(device), txn_id: txn_id.to_owned() });
        Txn { key, user: requester.user_key, day: day_of(self.base.context.now_ms()), sent_as }
    }
}

/// Reading, from one view.
impl Rooms {
    pub async fn key(&self, view: &dyn View, room: &RoomId) -> Result<Option<RoomKey>, StoreError> {
        self.base.ids.room(view, room).await
    }

    /// What the user has to do with the room.
    pub async fn member(&self, view: &dyn View, room: RoomKey, user: UserKey) -> Result<Option<MemberRow>, StoreError> {
        Ok(keyspaces::USER_ROOMS.get_versioned(view, &(user, room)).await?.map(|(_, row)| row))
    }

    pub async fn is_joined(&self, view: &dyn View, user: UserKey, room: RoomKey) -> Result<bool, StoreError> {
        Ok(self.member(view, room, user).await?.is_some_and(|row| row.membership == Membership::Join))
    }

    /// Members of a room with this membership.
    pub async fn members(
        &self,
        view: &dyn View,
        room: RoomKey,
        membership: Membership,
    ) -> Result<Vec<UserKey>, StoreError> {
        let mut found = Vec::new();
        let mut from = 0;
        loop {
            let bounds = ((room, UserKey(from)), (RoomKey(room.0 + 1),));
            let rows = keyspaces::ROOM_MEMBERS
                .scan_range(view, &bounds.0, &bounds.1, RANGE_ROWS_MAX, Direction::Forward)
                .await?;
            let Some(((_, last), _)) = rows.last() else { return Ok(found) };
            from = last.0 + 1;
            found.extend(rows.iter().filter(|(_, row)| row.membership == membership).map(|((_, user), _)| *user));
        }
    }

    /// Rooms of a user with this membership.
    pub async fn rooms_of(
        &self,
        view: &dyn View,
        user: UserKey,
        membership: Membership,
    ) -> Result<Vec<RoomKey>, StoreError> {
        let mut found = Vec::new();
        let mut from = 0;
        loop {
            let bounds = ((user, RoomKey(from)), (UserKey(user.0 + 1),));
            let rows = keyspaces::USER_ROOMS
                .scan_range_versioned(view, &bounds.0, &bounds.1, RANGE_ROWS_MAX, Direction::Forward)
                .await?;
            let Some(((_, last), _, _)) = rows.last() else { return Ok(found) };
            from = last.0 + 1;
            found.extend(rows.iter().filter(|(_, _, row)| row.membership == membership).map(|((_, room), _, _)| *room));
        }
    }

    pub async fn joined_rooms(&self, view: &dyn View, user: UserKey) -> Result<Vec<RoomKey>, StoreError> {
        self.rooms_of(view, user, Membership::Join).await
    }

    /// Everybody who is joined to a room that `user` is joined to, the user himself left out.
    pub async fn joined_users_sharing(&self, view: &dyn View, user: UserKey) -> Result<Vec<UserKey>, StoreError> {
        let mut users = std::collections::HashSet::new();
        for room in self.joined_rooms(view, user).await? {
            users.extend(self.members(view, room, Membership::Join).await?);
        }
        users.remove(&user);
        let mut users: Vec<UserKey> = users.into_iter().collect();
        users.sort_unstable();
        Ok(users)
    }

    /// Whether both are joined to some room.
    pub async fn share_room(&self, view: &dyn View, one: UserKey, other: UserKey) -> Result<bool, StoreError> {
        let theirs: std::collections::HashSet<RoomKey> = self.joined_rooms(view, other).await?.into_iter().collect();
        Ok(self.joined_rooms(view, one).await?.iter().any(|room| theirs.contains(room)))
    }

    /// The state event at `key` in the state `root`.
    pub async fn state_at(
        &self,
        view: &dyn View,
        room: RoomKey,
        root: consilium_event::tree::NodeHash,
        key: &StateKey,
    ) -> Result<Option<(u64, StoredEvent)>, StoreError> {
        let Some(id) = self.base.ids.state_key(view, key).await? else { return Ok(None) };
        let Some(seq) = self.base.nodes.get(view, room, root, id).await? else { return Ok(None) };
        Ok(Some((seq, read::event(view, room, seq).await?)))
    }

    /// The current state event of a kind that has one.
    pub async fn current(
        &self,
        view: &dyn View,
        room: RoomKey,
        kind: StateEventType,
    ) -> Result<Option<StoredEvent>, StoreError> {
        let Some((_, head)) = keyspaces::ROOM_HEADS.get_versioned(view, &room).await? else { return Ok(None) };
        Ok(self.state_at(view, room, head.rest.root, &StateKey::single(kind)).await?.map(|(_, event)| event))
    }

    /// The requester's key of `user`, where it is one of this server.
    pub fn is_local(&self, user: &UserId) -> bool {
        user.server_name() == self.base.server_name
    }
}
