//! The rows of an accepted event that belong to the room itself, and those that close a batch.

use consilium_event::{Membership, pdu::event_id_bytes};
use consilium_store::{Batch, CommitError, Guard};

use super::{
    append::{Appended, MemberChange, Projection},
    nodes::put_nodes,
    now::RoomNow,
    rows::{EventPlace, RelatedRow, RelationKind, RoomHead, TimelineEntry},
};
use crate::{
    changes::{self, Change},
    ids::{EventKey, RoomKey},
    keyspaces,
    writer::{Touched, Writer},
};

/// Days for which a transaction id is remembered are counted from 1970; two of them are kept.
pub const TXN_DAY_MS: u64 = 86_400_000;

/// The event itself: body, id, place in the timeline, state nodes, transaction id.
pub struct EventRows;

impl Projection for EventRows {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        let EventKey { room: key, seq } = appended.key;
        keyspaces::EVENTS.put(rows, &(key, seq), &appended.stored);
        keyspaces::EVENT_IDS.put(rows, &event_id_bytes(appended.event_id()), &EventPlace { room: key, seq });
        let thread = appended.relation.as_ref().filter(|relation| relation.relation.kind == RelationKind::Thread);
        let entry = TimelineEntry {
            seq,
            sender: appended.sender,
            notice: appended.notice,
            thread: thread.map(|relation| relation.relation.parent),
        };
        keyspaces::TIMELINE.put_versioned(rows, &(key, appended.order), &entry);
        if let Some((_, nodes)) = &appended.state {
            put_nodes(rows, key, nodes);
        }
        if let Some(txn) = &appended.txn {
            keyspaces::TRANSACTIONS.put(rows, &(txn.day, txn.user, txn.key), &EventPlace { room: key, seq });
        }
    }
}

/// The day that a transaction id is remembered under.
pub fn day_of(ts_ms: u64) -> u32 {
    u32::try_from(ts_ms / TXN_DAY_MS).unwrap_or(u32::MAX)
}

/// Forgets the transaction ids of the days before yesterday: a retry that comes later than a whole day is a new request.
pub async fn trim_transactions(writer: &Writer, now_ms: u64) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    keyspaces::TRANSACTIONS.delete_range(&mut batch, &(0_u32,), &(day_of(now_ms).saturating_sub(1),));
    writer.commit(batch, Touched::default()).await.map(drop)
}

/// Memberships, below the room and below the user.
pub struct MemberRows;

impl Projection for MemberRows {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        let Some(change) = &appended.member else { return };
        let room = appended.key.room;
        keyspaces::ROOM_MEMBERS.put(rows, &(room, change.user), &change.after);
        keyspaces::USER_ROOMS.put_versioned(rows, &(change.user, room), &change.after);
    }
}

/// Children of events, what is bundled with their parents, and the body that a redaction takes.
pub struct RelationRows;

impl Projection for RelationRows {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        let EventKey { room, seq } = appended.key;
        if let Some(ready) = &appended.relation {
            let parent = ready.relation.parent;
            let row = RelatedRow { seq, sender: appended.sender, kind: ready.relation.kind };
            keyspaces::RELATED.put(rows, &(room, parent, appended.order), &row);
            if let Some(bundle) = &ready.bundle {
                keyspaces::BUNDLES.put(rows, &(room, parent), bundle);
            }
            if ready.relation.kind == RelationKind::Thread {
                keyspaces::THREAD_SENDERS.put(rows, &(room, parent, appended.sender), &());
            }
        }
        let Some(redaction) = &appended.redaction else { return };
        keyspaces::EVENTS.put(rows, &(room, redaction.seq), &redaction.target);
        if let Some(unrelated) = &redaction.unrelated {
            keyspaces::RELATED.delete(rows, &(room, unrelated.parent, unrelated.order));
            if unrelated.bundle.is_empty() {
                keyspaces::BUNDLES.delete(rows, &(room, unrelated.parent));
            } else {
                keyspaces::BUNDLES.put(rows, &(room, unrelated.parent), &unrelated.bundle);
            }
            if let Some(user) = unrelated.left_thread {
                keyspaces::THREAD_SENDERS.delete(rows, &(room, unrelated.parent, user));
            }
        }
    }
}

/// Unread counts of members whom the predefined rules do not fit, and events that count no more.
pub struct PersonalNotices;

impl Projection for PersonalNotices {
    fn rows(&self, appended: &Appended, _: &RoomNow, rows: &mut Batch) {
        for (user, notice) in &appended.personal {
            keyspaces::PERSONAL_NOTICES.put(rows, &(appended.key.room, *user, appended.order), notice);
        }
        let redacted = appended.redaction.as_ref().and_then(|redaction| redaction.target.meta.order);
        if let Some(order) = redacted {
            keyspaces::REDACTED_PLACES.put(rows, &(appended.key.room, order), &());
        }
    }
}

/// Closes a batch: where the room stands now, and who is told. `expected` is the number that the next event had before the
/// batch; `None` for a room that is made by it.
pub fn seal(room: &RoomNow, expected: Option<u64>, members: &[Option<&MemberChange>], batch: &mut Batch) {
    if let Some(expected) = expected {
        guard_head(room.key, expected, batch);
    }
    keyspaces::ROOM_HEADS.put_versioned(batch, &room.key, &room.head);
    let member = |change: &&MemberChange| Change::Member {
        room: room.key,
        user: change.user,
        joined: change.after.membership == Membership::Join,
    };
    let members = members.iter().flatten().map(member);
    changes::record(batch, members.chain([Change::Event { room: room.key }]));
}

fn guard_head(room: RoomKey, expected: u64, batch: &mut Batch) {
    let head: consilium_store::Keyspace<RoomKey, RoomHead> = keyspaces::ROOM_HEADS;
    batch.guards.push(Guard::Epoch { table: head.table, key: head.key(&room), epoch: expected });
}
