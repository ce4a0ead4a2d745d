//! Sending what is due: by a worker that sleeps until the next is, and after a start at once for all that became due meanwhile.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use consilium_event::Membership;
use consilium_store::{Batch, Direction, Position, View};
use futures_util::{StreamExt, stream};
use ruma::{OwnedEventId, RoomId};
use tokio_util::sync::CancellationToken;

use super::{
    error::DelayError,
    records::{Cause, DelayedEvent, Outcome, Schedule},
    service::{DelayedEvents, Key, forget},
};
use crate::{
    http::ApiError,
    ids::UserKey,
    keyspaces::{DELAYED_EVENTS, DELAYED_SCHEDULES, DELAYED_TIMES},
    room::{RoomError, append::Txn, decide::Ask, projections::day_of, rows::SentAs},
    writer::Touched,
};

/// Rows that are looked at in one go.
const PAGE: usize = 200;
/// Rooms that events are sent to at the same time: each waits for its own commit.
const ROOMS_AT_ONCE: usize = 16;
/// Pause before what could not be done is tried again.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Longest sleep: the machine's clock may be set, or have stood still.
const LOOK_EVERY: Duration = Duration::from_secs(30);

impl DelayedEvents {
    /// Sends what becomes due, until `stop`.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let work = async {
            loop {
                let rest = match self.fire_due().await {
                    Ok(next_ms) => next_ms.map(|next_ms| self.until(next_ms)),
                    Err(error) => {
                        tracing::warn!(error = %error, "a delayed event is sent later");
                        Some(RETRY_AFTER)
                    }
                };
                tokio::select! {
                    () = tokio::time::sleep(rest.unwrap_or_default()), if rest.is_some() => {}
                    () = self.scheduled.notified() => {}
                }
            }
        };
        stop.run_until_cancelled(work).await;
    }

    fn until(&self, next_ms: u64) -> Duration {
        Duration::from_millis(next_ms.saturating_sub(self.context.now_ms())).min(LOOK_EVERY)
    }

    /// Sends everything that is due, those of a room in the order of their times, and forgets what ended long ago. Gives when there is something to
    /// do next. Errors: the first thing that may go better later; everything else was done.
    pub async fn fire_due(&self) -> Result<Option<u64>, DelayError> {
        loop {
            let view = self.writer.view();
            let end = (self.context.now_ms().saturating_add(1),);
            let rows = DELAYED_TIMES.scan_range(&*view, &(0_u64,), &end, PAGE, Direction::Forward).await?;
            if rows.is_empty() {
                let next = DELAYED_TIMES.scan(&*view, &(), 1, Direction::Forward).await?;
                return Ok(next.first().map(|((at_ms, ..), ())| *at_ms));
            }
            let due: Vec<(u64, u64, String)> = rows.into_iter().map(|(row, ())| row).collect();
            self.fire_all(&*view, &due).await?;
        }
    }

    async fn fire_all(&self, view: &dyn View, due: &[(u64, u64, String)]) -> Result<(), DelayError> {
        let keys: Vec<Key> = due.iter().map(|(_, user, id)| (*user, id.clone())).collect();
        let events = DELAYED_EVENTS.get_many(view, &keys).await?;
        let mut by_room = BTreeMap::<Option<String>, Vec<(u64, Key)>>::new();
        for ((at_ms, ..), (key, event)) in due.iter().zip(keys.into_iter().zip(events)) {
            by_room.entry(event.map(|event| event.room_id)).or_default().push((*at_ms, key));
        }
        let rooms = stream::iter(by_room.into_values()).map(|rows| async move {
            for (at_ms, key) in rows {
                self.act_on(at_ms, &key).await?;
            }
            Ok(())
        });
        let results: Vec<Result<(), DelayError>> = rooms.buffer_unordered(ROOMS_AT_ONCE).collect().await;
        results.into_iter().collect()
    }

    /// Does what was to be done at `at_ms`, unless that changed meanwhile.
    async fn act_on(&self, at_ms: u64, key: &Key) -> Result<(), DelayError> {
        let _turn = self.turn(&key.1).await;
        let view = self.writer.view();
        match DELAYED_SCHEDULES.get_versioned(&*view, key).await? {
            Some((version, schedule)) if schedule.at_ms == at_ms && schedule.end.is_none() => {
                match self.fire(key, version, schedule, Cause::Delay).await {
                    // Its account ended while it was sent: the next look finds it gone.
                    Ok(_) | Err(DelayError::NotFound) => Ok(()),
                    Err(error) => Err(error),
                }
            }
            found => {
                let mut batch = Batch::new();
                if found.is_some_and(|(_, schedule)| schedule.at_ms != at_ms) {
                    DELAYED_TIMES.delete(&mut batch, &(at_ms, key.0, key.1.clone()));
                } else {
                    // It ended long ago, or its account did.
                    forget(key, at_ms, &mut batch);
                }
                self.writer.commit(batch, Touched::default()).await?;
                Ok(())
            }
        }
    }

    /// Sends the event and writes down what the room said. Errors: what may go better later; the event stays scheduled.
    pub(super) async fn fire(
        &self,
        key: &Key,
        version: Position,
        schedule: Schedule,
        cause: Cause,
    ) -> Result<Result<OwnedEventId, ApiError>, DelayError> {
        let view = self.writer.view();
        let event = DELAYED_EVENTS.get(&*view, key).await?.ok_or(DelayError::NotFound)?;
        let (sent, outcome) = match self.ask(&*view, key, &event).await {
            Ok(event_id) => {
                let outcome = Outcome::Sent { event_id: event_id.to_string() };
                (Ok(event_id), outcome)
            }
            Err(error @ (RoomError::Busy | RoomError::Store(_) | RoomError::Commit(_))) => return Err(error.into()),
            Err(error) => {
                tracing::info!(error = %error, "a room did not take a delayed event");
                let refused = ApiError::from(error);
                let (errcode, error) = refused.said();
                (Err(refused), Outcome::Refused { errcode, error })
            }
        };
        self.end(key, version, schedule, cause, outcome).await?;
        Ok(sent)
    }

    /// Has the room take the event, unless it has taken it already.
    async fn ask(&self, view: &dyn View, (user, id): &Key, event: &DelayedEvent) -> Result<OwnedEventId, RoomError> {
        let user = UserKey(*user);
        let sent_as = event.sent_as.clone().map(|(device, txn_id)| SentAs { device, txn_id });
        // Of the day that never changes, so that every attempt finds what an earlier one sent.
        let txn = Txn { key: txn_key(id), user, day: day_of(event.scheduled_ms), sent_as };
        if let Some(event_id) = self.rooms.sent_before(&txn).await? {
            return Ok(event_id);
        }
        let room = RoomId::parse(&event.room_id).map_err(|_| RoomError::NotInRoom)?;
        let room = self.rooms.key(view, &room).await?.ok_or(RoomError::NotInRoom)?;
        let member = self.rooms.member(view, room, user).await?;
        let account = self.rooms.people.accounts.account(view, user).await?;
        let stayed = member.is_some_and(|row| row.membership == Membership::Join && row.since == event.member_since);
        if !stayed || account.is_none_or(|account| account.deactivated) {
            return Err(RoomError::NotInRoom);
        }
        let sender = self.rooms.base.ids.user_id(view, user).await?;
        let draft = event.draft(sender, self.context.now())?;
        self.rooms.ask_key(room, Ask::Event(draft), Some(txn)).await
    }
}

/// The transaction of a delayed event; no client can name it.
fn txn_key(id: &str) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new_derive_key("consilium homeserver: delayed events");
    hasher.update(id.as_bytes());
    let mut key = [0; 16];
    hasher.finalize_xof().fill(&mut key);
    key
}
