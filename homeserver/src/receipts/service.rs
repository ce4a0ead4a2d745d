//! Setting and reading receipts.

use std::sync::Arc;

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, View, limits::RANGE_ROWS_MAX};
use ruma::{EventId, OwnedEventId};

use super::{Read, Receipt, ReceiptKind, ReceiptRef, ThreadName};
use crate::{
    http::host::Service,
    ids::{RoomKey, UserKey},
    keyspaces::{RECEIPT_STREAM, RECEIPTS},
    room::{
        base::Base,
        read,
        rows::{RelationKind, StoredEvent},
    },
    tenant::Tenant,
    writer::Touched,
};

/// Attempts when two devices of a user move the same receipt at once.
const ATTEMPTS: usize = 4;
/// The thread of what is in no thread.
const MAIN: &str = "main";
/// Relations that are followed to a thread. Source: client-server API v1.19 §Threading: a recommended maximum of three.
const HOPS_MAX: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    #[error("there is no such event in the room")]
    NoSuchEvent,
    #[error("the event is not part of this thread")]
    OtherThread,
    #[error("other devices keep moving the receipt")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// The receipts of a tenant.
#[derive(Clone)]
pub struct Receipts {
    base: Arc<Base>,
}

impl std::fmt::Debug for Receipts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Receipts")
    }
}

impl Service for Receipts {
    fn of(tenant: &Tenant) -> &Arc<Self> {
        &tenant.receipts
    }
}

/// Which receipt of whom.
#[derive(Clone, Debug)]
pub struct Target {
    pub room: RoomKey,
    pub user: UserKey,
    pub kind: ReceiptKind,
    pub thread: ThreadName,
}

impl Receipts {
    pub fn new(base: Arc<Base>) -> Self {
        Self { base }
    }

    /// Moves the receipt to `event_id`; a receipt that is already further stays where it is.
    pub async fn set(&self, target: Target, event_id: &EventId) -> Result<(), ReceiptError> {
        let event = self.event(target.room, event_id).await?;
        let order = event.meta.order.ok_or(ReceiptError::NoSuchEvent)?;
        self.check_thread(&target, event_id, event).await?;
        for _ in 0..ATTEMPTS {
            let view = self.base.engine.view();
            let key = (target.room, target.user, target.kind.tag(), target.thread.clone());
            let before = RECEIPTS.get_versioned(&*view, &key).await?;
            let mut batch = Batch::new();
            match &before {
                Some((_, receipt)) if receipt.order >= order => return Ok(()),
                Some((version, _)) => {
                    RECEIPTS.guard_equals(&mut batch, &key, *version);
                    RECEIPT_STREAM.delete(&mut batch, &(target.room, *version, 0));
                }
                None => RECEIPTS.guard_absent(&mut batch, &key),
            }
            let receipt = Receipt { event_id: event_id.to_string(), order, ts_ms: self.base.context.now_ms() };
            RECEIPTS.put_versioned(&mut batch, &key, &receipt);
            let row = ReceiptRef { user: target.user.0, kind: target.kind, thread: target.thread.clone() };
            RECEIPT_STREAM.put_stamped(&mut batch, &(target.room,), 0, &row);
            match self.base.writer.commit(batch, Touched::receipt(target.room)).await {
                Ok(_) => return Ok(()),
                Err(CommitError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ReceiptError::Busy)
    }

    async fn event(&self, room: RoomKey, event_id: &EventId) -> Result<StoredEvent, ReceiptError> {
        let view = self.base.engine.view();
        let seq = read::find_in(&*view, room, event_id).await?.ok_or(ReceiptError::NoSuchEvent)?;
        Ok(read::event(&*view, room, seq).await?)
    }

    /// The root of a thread belongs to it and to the main timeline, any other event to one of them.
    async fn check_thread(&self, target: &Target, event_id: &EventId, event: StoredEvent) -> Result<(), ReceiptError> {
        if target.thread.is_empty() || target.thread == event_id.as_str() {
            return Ok(());
        }
        let view = self.base.engine.view();
        let root = thread_root(&*view, target.room, event).await?;
        let is_right = match &root {
            Some(root) => target.thread == root.as_str(),
            None => target.thread == MAIN,
        };
        if is_right { Ok(()) } else { Err(ReceiptError::OtherThread) }
    }

    /// Receipts of `room` that moved after `since`, or all of them; private ones only of `user`.
    pub async fn after(
        &self,
        view: &dyn View,
        room: RoomKey,
        since: Option<Position>,
        user: UserKey,
    ) -> Result<Vec<Read>, StoreError> {
        let reads = match since {
            Some(since) => moved(view, room, since).await?,
            None => all(view, room).await?,
        };
        Ok(reads.into_iter().filter(|read| read.kind == ReceiptKind::Public || read.user == user).collect())
    }

    /// The user's own receipts in `room`, by thread: the place that he has read up to.
    pub async fn own(
        &self,
        view: &dyn View,
        room: RoomKey,
        user: UserKey,
    ) -> Result<Vec<(ThreadName, i64)>, StoreError> {
        let rows = RECEIPTS.scan_versioned(view, &(room, user), RANGE_ROWS_MAX, Direction::Forward).await?;
        Ok(rows.into_iter().map(|((_, _, _, thread), _, receipt)| (thread, receipt.order)).collect())
    }
}

/// The root of the thread that the event is in: by its own relation, or by that of what it relates to.
async fn thread_root(view: &dyn View, room: RoomKey, event: StoredEvent) -> Result<Option<OwnedEventId>, StoreError> {
    let mut event = event;
    for _ in 0..HOPS_MAX {
        let Some(relation) = event.meta.relates_to else { return Ok(None) };
        event = read::event(view, room, relation.parent).await?;
        if relation.kind == RelationKind::Thread {
            return read::event_id(&event.meta.id).map(Some);
        }
    }
    Ok(None)
}

async fn all(view: &dyn View, room: RoomKey) -> Result<Vec<Read>, StoreError> {
    let rows = RECEIPTS.scan_versioned(view, &(room,), RANGE_ROWS_MAX, Direction::Forward).await?;
    let read = |((_, user, kind, thread), position, receipt)| Read {
        user,
        kind: ReceiptKind::of_tag(kind),
        thread,
        receipt,
        position,
    };
    Ok(rows.into_iter().map(read).collect())
}

async fn moved(view: &dyn View, room: RoomKey, since: Position) -> Result<Vec<Read>, StoreError> {
    let start = (room, Position(since.0.saturating_add(1)));
    let end = (room, Position(u64::MAX));
    let rows = RECEIPT_STREAM.scan_range(view, &start, &end, RANGE_ROWS_MAX, Direction::Forward).await?;
    let keys: Vec<_> =
        rows.iter().map(|(_, row)| (room, UserKey(row.user), row.kind.tag(), row.thread.clone())).collect();
    let receipts = RECEIPTS.get_many_versioned(view, &keys).await?;
    let read = |((_, user, kind, thread), found): (_, Option<(Position, Receipt)>)| {
        let (position, receipt) = found?;
        Some(Read { user, kind: ReceiptKind::of_tag(kind), thread, receipt, position })
    };
    Ok(keys.into_iter().zip(receipts).filter_map(read).collect())
}
