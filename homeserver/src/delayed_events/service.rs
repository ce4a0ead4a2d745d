//! [`DelayedEvents`]: scheduling, restarting, sending, cancelling and listing.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use consilium_event::{Draft, Membership, authorize::call_membership_names_its_sender, build};
use consilium_store::{Batch, CommitError, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::{DeviceId, RoomId};
use tokio::sync::{Mutex, MutexGuard, Notify};

use super::{
    error::DelayError,
    records::{Cause, DelayedEvent, End, Outcome, Schedule},
};
use crate::{
    account::DeviceRows,
    context::Context,
    http::{Requester, host::Service},
    ids::UserKey,
    keyspaces::{
        DELAYED_EVENTS, DELAYED_GUARDS, DELAYED_OWNERS, DELAYED_SCHEDULES, DELAYED_TIMES, DELAYED_TRANSACTIONS,
    },
    room::{RoomError, Rooms, append::Txn, projections::day_of},
    tenant::Tenant,
    writer::{COMMIT_ATTEMPTS, Touched, Writer},
};

/// Longest delay, in milliseconds: a day. A call's delegated leave needs an hour.
pub const DELAY_MS_MAX: u64 = 24 * 3_600_000;
/// Events that one user may have scheduled: each device in a call has one.
pub const SCHEDULED_MAX: usize = 100;
/// Ended ones of a user that are remembered; beyond, the oldest are forgotten.
const ENDED_MAX: usize = 100;
/// How long an ended one is remembered, in milliseconds, for who wants to know what became of it.
const ENDED_KEPT_MS: u64 = 24 * 3_600_000;
/// Letters of a delay id: it is a secret of 190 bits.
const ID_LENGTH: usize = 32;
/// Delayed events that are acted on at the same time.
const TURNS: usize = 64;

/// User key and delay id: the key of its rows.
pub(super) type Key = (u64, String);

/// The delayed events of a tenant.
pub struct DelayedEvents {
    pub(super) rooms: Arc<Rooms>,
    pub(super) writer: Writer,
    pub(super) context: Context,
    /// Something was scheduled, perhaps earlier than what the worker waits for. All other changes are for later.
    pub(super) scheduled: Notify,
    turns: Vec<Mutex<()>>,
}

impl std::fmt::Debug for DelayedEvents {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DelayedEvents")
    }
}

impl Service for DelayedEvents {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.delayed_events
    }
}

/// A delayed event as it stands.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: String,
    pub event: DelayedEvent,
    pub schedule: Schedule,
}

impl DelayedEvents {
    pub fn new(rooms: Arc<Rooms>, writer: Writer, context: Context) -> Self {
        let turns = std::iter::repeat_with(Mutex::default).take(TURNS).collect();
        Self { rooms, writer, context, scheduled: Notify::new(), turns }
    }

    /// Has `draft` sent to `room` after `delay_ms`, once for each transaction; gives the delay id.
    pub async fn schedule(
        &self,
        requester: &Requester,
        room: &RoomId,
        draft: &Draft,
        delay_ms: u64,
        txn: Option<&Txn>,
    ) -> Result<String, DelayError> {
        let user = requester.user_key;
        for _ in 0..COMMIT_ATTEMPTS {
            let view = self.writer.view();
            let view = &*view;
            if let Some(id) = scheduled_before(view, txn).await? {
                return Ok(id);
            }
            check(draft, delay_ms)?;
            let event = self.event(view, user, room, draft, txn).await?;
            let mut batch = Batch::new();
            self.make_way(view, user, &mut batch).await?;
            guard(view, user, &mut batch).await?;
            let id = self.context.random_token(ID_LENGTH);
            let key = (user.0, id.clone());
            let now_ms = self.context.now_ms();
            let schedule =
                Schedule { running_since_ms: now_ms, delay_ms, at_ms: now_ms.saturating_add(delay_ms), end: None };
            DELAYED_EVENTS.put(&mut batch, &key, &event);
            DELAYED_SCHEDULES.put_versioned(&mut batch, &key, &schedule);
            DELAYED_OWNERS.put(&mut batch, &id, &user.0);
            DELAYED_TIMES.put(&mut batch, &(schedule.at_ms, user.0, id.clone()), &());
            if let Some(txn) = txn {
                let row = (txn.day, user.0, txn.key);
                DELAYED_TRANSACTIONS.put(&mut batch, &row, &Bytes::from(id.clone()));
            }
            match self.writer.commit(batch, Touched::default()).await {
                Ok(_) => {
                    self.scheduled.notify_one();
                    return Ok(id);
                }
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(DelayError::Busy)
    }

    /// The event as it is kept. Errors: the user is not in the room.
    async fn event(
        &self,
        view: &dyn View,
        user: UserKey,
        room: &RoomId,
        draft: &Draft,
        txn: Option<&Txn>,
    ) -> Result<DelayedEvent, DelayError> {
        let key = self.rooms.key(view, room).await?.ok_or(RoomError::NotInRoom)?;
        let member = self.rooms.member(view, key, user).await?.filter(|row| row.membership == Membership::Join);
        let member = member.ok_or(RoomError::NotInRoom)?;
        let content = serde_json::to_vec(&draft.content).map_err(|error| RoomError::BadContent(error.to_string()))?;
        let sent_as = txn.and_then(|txn| txn.sent_as.as_ref());
        let event = DelayedEvent {
            room_id: room.to_string(),
            kind: draft.kind.to_string(),
            state_key: draft.state_key.clone(),
            content,
            redacts: draft.redacts.as_ref().map(ToString::to_string),
            sticky_ms: draft.sticky.map(consilium_event::StickyMs::get),
            scheduled_ms: self.context.now_ms(),
            member_since: member.since,
            sent_as: sent_as.map(|sent_as| (sent_as.device, sent_as.txn_id.clone())),
        };
        let fields = [event.kind.len(), event.state_key.as_ref().map_or(0, String::len)];
        let is_too_large = fields.into_iter().any(|bytes| bytes > build::FIELD_BYTES_MAX)
            || event.content.len() > build::PDU_BYTES_MAX;
        if is_too_large { Err(DelayError::TooLarge) } else { Ok(event) }
    }

    /// Refuses one event too many; forgets what ended longest ago.
    async fn make_way(&self, view: &dyn View, user: UserKey, batch: &mut Batch) -> Result<(), DelayError> {
        let rows = DELAYED_SCHEDULES.scan_versioned(view, &(user.0,), RANGE_ROWS_MAX, Direction::Forward).await?;
        let rows = rows.into_iter().map(|(key, _, schedule)| (schedule.at_ms, key, schedule));
        let (mut ended, scheduled): (Vec<_>, Vec<_>) = rows.partition(|(_, _, schedule)| schedule.end.is_some());
        if scheduled.len() >= SCHEDULED_MAX {
            let next_ms = scheduled.iter().map(|(at_ms, ..)| *at_ms).min().unwrap_or_default();
            return Err(DelayError::TooMany(Duration::from_millis(next_ms.saturating_sub(self.context.now_ms()))));
        }
        ended.sort_unstable_by_key(|(at_ms, ..)| *at_ms);
        let surplus = (ended.len() + 1).saturating_sub(ENDED_MAX);
        for (at_ms, key, _) in ended.into_iter().take(surplus) {
            forget(&key, at_ms, batch);
        }
        Ok(())
    }

    /// The delay begins anew.
    pub async fn restart(&self, id: &str) -> Result<(), DelayError> {
        let _turn = self.turn(id).await;
        let (key, version, before) = self.open(id).await?;
        let now_ms = self.context.now_ms();
        let at_ms = now_ms.saturating_add(before.delay_ms);
        let after = Schedule { running_since_ms: now_ms, at_ms, ..before };
        self.rewrite(&key, (version, before.at_ms), &after).await
    }

    /// The event is never sent.
    pub async fn cancel(&self, id: &str) -> Result<(), DelayError> {
        let _turn = self.turn(id).await;
        let (key, version, before) = self.open(id).await?;
        self.end(&key, version, before, Cause::Action, Outcome::Cancelled).await
    }

    /// The event is sent now.
    pub async fn send(&self, id: &str) -> Result<(), DelayError> {
        let _turn = self.turn(id).await;
        let (key, version, before) = self.open(id).await?;
        self.fire(&key, version, before, Cause::Action).await?.map(drop).map_err(DelayError::Refused)
    }

    /// Of one delayed event one thing happens at a time.
    pub(super) async fn turn(&self, id: &str) -> MutexGuard<'_, ()> {
        let place = usize::from(blake3::hash(id.as_bytes()).as_bytes()[0]) % TURNS;
        self.turns[place].lock().await
    }

    /// What is still scheduled under `id`.
    async fn open(&self, id: &str) -> Result<(Key, Position, Schedule), DelayError> {
        // No id of ours is longer, and no key of the store may be much longer.
        if id.len() > ID_LENGTH {
            return Err(DelayError::NotFound);
        }
        let view = self.writer.view();
        let owner = DELAYED_OWNERS.get(&*view, &id.to_owned()).await?;
        let key = (owner.ok_or(DelayError::NotFound)?, id.to_owned());
        let found = DELAYED_SCHEDULES.get_versioned(&*view, &key).await?;
        let (version, schedule) = found.filter(|(_, schedule)| schedule.end.is_none()).ok_or(DelayError::NotFound)?;
        Ok((key, version, schedule))
    }

    /// Writes down how it ended.
    pub(super) async fn end(
        &self,
        key: &Key,
        version: Position,
        before: Schedule,
        cause: Cause,
        outcome: Outcome,
    ) -> Result<(), DelayError> {
        let now_ms = self.context.now_ms();
        let at_ms = now_ms.saturating_add(ENDED_KEPT_MS);
        let after = Schedule { at_ms, end: Some(End { at_ms: now_ms, cause, outcome }), ..before };
        self.rewrite(key, (version, before.at_ms), &after).await
    }

    async fn rewrite(
        &self,
        key: &Key,
        (version, before_ms): (Position, u64),
        after: &Schedule,
    ) -> Result<(), DelayError> {
        let mut batch = Batch::new();
        // An account that ends takes its rows away meanwhile.
        DELAYED_SCHEDULES.guard_equals(&mut batch, key, version);
        DELAYED_SCHEDULES.put_versioned(&mut batch, key, after);
        DELAYED_TIMES.delete(&mut batch, &(before_ms, key.0, key.1.clone()));
        DELAYED_TIMES.put(&mut batch, &(after.at_ms, key.0, key.1.clone()), &());
        if after.end.is_some() {
            DELAYED_OWNERS.delete(&mut batch, &key.1);
        }
        match self.writer.commit(batch, Touched::default()).await {
            Ok(_) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(DelayError::NotFound),
            Err(error) => Err(error.into()),
        }
    }

    /// All of `user` that are scheduled, or ended not long ago, by the time of what comes next.
    pub async fn list(&self, user: UserKey) -> Result<Vec<Listed>, DelayError> {
        let view = self.writer.view();
        let rows = DELAYED_SCHEDULES.scan_versioned(&*view, &(user.0,), RANGE_ROWS_MAX, Direction::Forward).await?;
        let keys: Vec<Key> = rows.iter().map(|(key, ..)| key.clone()).collect();
        let events = DELAYED_EVENTS.get_many(&*view, &keys).await?;
        let listed = rows.into_iter().zip(events);
        let listed = listed.filter_map(|(((_, id), _, schedule), event)| Some(Listed { id, event: event?, schedule }));
        let mut listed: Vec<Listed> = listed.collect();
        listed.sort_by_key(|one| one.schedule.at_ms);
        Ok(listed)
    }

    /// One of `user`'s.
    pub async fn get(&self, user: UserKey, id: &str) -> Result<Listed, DelayError> {
        if id.len() > ID_LENGTH {
            return Err(DelayError::NotFound);
        }
        let view = self.writer.view();
        let key = (user.0, id.to_owned());
        let event = DELAYED_EVENTS.get(&*view, &key).await?.ok_or(DelayError::NotFound)?;
        let found = DELAYED_SCHEDULES.get_versioned(&*view, &key).await?;
        let (_, schedule) = found.ok_or(DelayError::NotFound)?;
        Ok(Listed { id: key.1, event, schedule })
    }

    /// Forgets the transactions of the days before yesterday.
    pub async fn trim_transactions(&self) -> Result<(), CommitError> {
        let today = day_of(self.context.now_ms());
        let mut batch = Batch::new();
        DELAYED_TRANSACTIONS.delete_range(&mut batch, &(0_u32,), &(today.saturating_sub(1),));
        self.writer.commit(batch, Touched::default()).await.map(drop)
    }
}

/// What can be refused before anything is read.
fn check(draft: &Draft, delay_ms: u64) -> Result<(), DelayError> {
    if delay_ms == 0 {
        return Err(DelayError::NoDelay);
    }
    if delay_ms > DELAY_MS_MAX {
        return Err(DelayError::TooLong);
    }
    call_membership_names_its_sender(&draft.kind, draft.state_key.as_deref(), &draft.sender)
        .map_err(RoomError::from)?;
    Ok(())
}

/// What was scheduled under this transaction before.
async fn scheduled_before(view: &dyn View, txn: Option<&Txn>) -> Result<Option<String>, StoreError> {
    let Some(txn) = txn else { return Ok(None) };
    let rows = [txn.day, txn.day.saturating_sub(1)].map(|day| (day, txn.user.0, txn.key));
    let found = DELAYED_TRANSACTIONS.get_many(view, &rows).await?.into_iter().flatten().next();
    Ok(found.map(|id| String::from_utf8_lossy(&id).into_owned()))
}

/// Of two requests of a user at once the later one looks again, so that neither his limit nor a transaction is passed by.
async fn guard(view: &dyn View, user: UserKey, batch: &mut Batch) -> Result<(), StoreError> {
    match DELAYED_GUARDS.get_versioned(view, &user.0).await? {
        Some((version, _)) => DELAYED_GUARDS.guard_equals(batch, &user.0, version),
        None => DELAYED_GUARDS.guard_absent(batch, &user.0),
    }
    DELAYED_GUARDS.put_versioned(batch, &user.0, &0);
    Ok(())
}

/// Deletes everything of one that waits for `at_ms`.
pub(super) fn forget(key: &Key, at_ms: u64, batch: &mut Batch) {
    DELAYED_EVENTS.delete(batch, key);
    DELAYED_SCHEDULES.delete(batch, key);
    DELAYED_OWNERS.delete(batch, &key.1);
    DELAYED_TIMES.delete(batch, &(at_ms, key.0, key.1.clone()));
}

/// Delayed events go with their account. What stands elsewhere of them goes when they would have been due.
#[derive(Clone, Copy, Debug)]
pub struct DelayedEventRows;

impl DeviceRows for DelayedEventRows {
    fn changed(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    /// Who signs out, or is signed out, still leaves the calls that his device was in.
    fn deleted(&self, _: UserKey, _: &DeviceId, _: &mut Batch) {}

    fn deactivated(&self, user: UserKey, batch: &mut Batch) {
        DELAYED_EVENTS.delete_prefix(batch, &(user.0,));
        DELAYED_SCHEDULES.delete_prefix(batch, &(user.0,));
    }
}

const _: () = assert!(SCHEDULED_MAX + 2 * ENDED_MAX < RANGE_ROWS_MAX, "one read gives all of a user");
