//! Sends the outbox of one application service: transactions in order, each until it is accepted.
//!
//! What a transaction covers is written down before it is sent, so that a retry after a crash carries the same items under the same
//! id. Its rows are deleted, and the place moves on, in one batch after the answer. A transaction that says only what is true for a moment (who types,
//! what was read) is not written down: it has an id that no other one has, and costs no sync.
//!
//! After something happened the worker waits for [`GATHER`], so that what belongs together (a message and its key, all that a join brings) goes in one
//! transaction: each costs syncs on both sides.

use std::{sync::Arc, time::Duration};

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, Versioned, View};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{
    compose::{self, Composer},
    interest::Interests,
    transaction::{Content, DeviceLists, Devices},
    wire::Wire,
};
use crate::{
    appservice::OutboxItem,
    feeds::Feeds,
    keyspaces::{APPSERVICE_OUTBOX, APPSERVICE_PLACES},
    writer::{Touched, Writer},
};

/// Items of one transaction.
const ITEMS_MAX: usize = 100;
/// Wait after the first failure; each further one doubles it.
const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_MAX: Duration = Duration::from_secs(30);
/// What happens within this time goes together. Nobody waits for a transaction with his eyes on the screen.
const GATHER: Duration = Duration::from_millis(20);
/// Positions without anything for the service after which its place is written down all the same, so that a restart does not look at
/// them again.
const LOOKED_KEPT: u64 = 1_000;

/// How far a service was sent everything. Its version guards it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Number of the next transaction: its id.
    next: u64,
    /// Device lists and receipts up to this position were sent.
    sent: u64,
    /// The transaction that was begun.
    pending: Option<Span>,
}

/// What a transaction covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Span {
    /// The last outbox row, if there is one.
    last: Option<(u64, u16)>,
    /// Device lists and receipts up to this position.
    until: u64,
}

impl Versioned for Place {
    const VERSION: u8 = 1;
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
    #[error("the transaction cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    #[error("the service does not answer")]
    Http(#[from] reqwest::Error),
    #[error("the service answered {0}")]
    Refused(reqwest::StatusCode),
}

/// The worker of one service.
pub struct Worker {
    pub interests: Interests,
    /// Which of [`Interests`] it serves.
    pub index: usize,
    pub composer: Arc<Composer>,
    pub writer: Writer,
    pub feeds: Arc<Feeds>,
    pub wire: Arc<Wire>,
}

impl Worker {
    fn id(&self) -> String {
        self.interests.0[self.index].appservice.id.0.to_string()
    }

    /// Works until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let mut committed = self.feeds.committed();
        let mut typing = self.composer.typing.subscribe();
        let mut seen = Seen {
            typing: self.composer.typing.serial(),
            devices: None,
            looked: 0,
            began: None,
            known: Position::default(),
        };
        let mut wait = RETRY_FIRST;
        loop {
            typing.mark_unchanged();
            let sent = stop.run_until_cancelled(self.send_next(&mut seen)).await;
            let retry = match sent {
                None => return,
                Some(Ok(Sent::Part)) => {
                    wait = RETRY_FIRST;
                    continue;
                }
                Some(Ok(Sent::All)) => {
                    wait = RETRY_FIRST;
                    None
                }
                Some(Err(error)) => {
                    tracing::warn!(appservice.id = self.id(), error = %error, "a transaction was not accepted");
                    let this = wait;
                    wait = (wait * 2).min(RETRY_MAX);
                    Some(this)
                }
            };
            let rest = async {
                if let Some(pause) = retry {
                    return tokio::time::sleep(pause).await;
                }
                tokio::select! {
                    _ = committed.wait_for(|reached| *reached > seen.known) => {}
                    _ = typing.changed() => {}
                }
                tokio::time::sleep(GATHER).await;
            };
            if stop.run_until_cancelled(rest).await.is_none() {
                return;
            }
        }
    }

    /// Sends the next transaction, if there is something to say.
    async fn send_next(&self, seen: &mut Seen) -> Result<Sent, SendError> {
        let view = self.writer.view();
        seen.known = view.position();
        let key = self.id();
        let (version, place) = match APPSERVICE_PLACES.get_versioned(&*view, &key).await? {
            Some((version, place)) => (Some(version), place),
            // A new service hears of what happens from its first look on.
            None => (None, Place { next: 1, sent: *seen.began.get_or_insert(view.position().0), pending: None }),
        };
        let span = match place.pending {
            Some(span) => span,
            None => self.next_span(&*view, place.sent.max(seen.looked)).await?,
        };
        let turn = Turn { key, version, place, span, typing: self.composer.typing.serial() };
        let content = self.compose(&*view, &place, &span, seen).await?;
        let has_new_counts = content.devices.is_some() && seen.devices.is_some() && seen.devices != content.devices;
        let says_nothing = content.is_empty() && !has_new_counts;
        if place.pending.is_some() || !content.is_passing() {
            self.send(turn, &content, seen).await?;
        } else {
            if !says_nothing {
                self.put(&turn.passing_id(), &content).await?;
            }
            self.go_by(&turn, seen).await?;
        }
        if !says_nothing || seen.devices.is_none() {
            seen.devices = content.devices.map(|devices| Devices { lists: DeviceLists::default(), ..devices });
        }
        Ok(if span.until < view.position().0 { Sent::Part } else { Sent::All })
    }

    /// Sends a transaction that must neither be lost nor come twice.
    async fn send(&self, turn: Turn, content: &Content, seen: &mut Seen) -> Result<(), SendError> {
        let Turn { key, mut version, place, span, typing } = turn;
        if place.pending.is_none() {
            let begun = self.write(&key, version, Place { pending: Some(span), ..place }).await?;
            seen.is_ours(begun);
            version = Some(begun);
        }
        self.put(&place.next.to_string(), content).await?;
        let ended = Place { next: place.next + 1, sent: span.until, pending: None };
        seen.is_ours(self.finish(&key, version, ended, span).await?);
        seen.typing = typing;
        Ok(())
    }

    /// Nothing that must be kept is in there: the next look begins behind it.
    async fn go_by(&self, turn: &Turn, seen: &mut Seen) -> Result<(), SendError> {
        let Turn { key, version, place, span, typing } = turn;
        seen.looked = seen.looked.max(span.until);
        seen.typing = *typing;
        // Rows of events that are not there any more are done with, too.
        if span.last.is_some() || span.until.saturating_sub(place.sent) >= LOOKED_KEPT {
            let gone_by = Place { sent: span.until, ..*place };
            seen.is_ours(self.finish(key, *version, gone_by, *span).await?);
        }
        Ok(())
    }

    async fn next_span(&self, view: &dyn View, from: u64) -> Result<Span, StoreError> {
        let end = compose::span_end(view, Position(from)).await?;
        let (start, beyond) = ((self.id(), 0_u64), (self.id(), end.0.saturating_add(1)));
        let rows = APPSERVICE_OUTBOX.scan_range(view, &start, &beyond, ITEMS_MAX, Direction::Forward).await?;
        let last = rows.last().map(|((_, position, index), _)| (*position, *index));
        // Rows that are left over come first, then what changed after them.
        let until = match last {
            Some((position, _)) if rows.len() == ITEMS_MAX => position.saturating_sub(1),
            _ => end.0,
        };
        Ok(Span { last, until })
    }

    async fn compose(&self, view: &dyn View, place: &Place, span: &Span, seen: &Seen) -> Result<Content, SendError> {
        let interested = &self.interests.0[self.index];
        let mut content = Content::default();
        if let Some((position, index)) = span.last {
            let (start, end) = ((self.id(), 0_u64, 0_u16), (self.id(), position, index.saturating_add(1)));
            let rows = APPSERVICE_OUTBOX.scan_range(view, &start, &end, ITEMS_MAX, Direction::Forward).await?;
            for (_, item) in rows {
                match item {
                    OutboxItem::Event { room, seq } => {
                        content.events.extend(self.composer.event(view, interested, room, seq).await?);
                    }
                    OutboxItem::ToDevice { json } => content.to_device.push(serde_json::from_slice(&json)?),
                }
            }
        }
        let from = place.sent.max(seen.looked);
        let (from, until) = (Position(from), Position(span.until.max(from)));
        let registration = &interested.appservice.registration;
        if registration.receives_ephemeral() {
            content.ephemeral = self.composer.ephemeral(view, interested, (from, until), seen.typing).await?;
        }
        if registration.device_extensions {
            let devices = self.composer.devices(view, interested, (from, until)).await?;
            content.devices = Some(devices);
        }
        Ok(content)
    }

    async fn write(&self, key: &String, version: Option<Position>, place: Place) -> Result<Position, CommitError> {
        let mut batch = Batch::new();
        guard(&mut batch, key, version);
        APPSERVICE_PLACES.put_versioned(&mut batch, key, &place);
        self.writer.commit(batch, Touched::default()).await
    }

    async fn finish(
        &self,
        key: &String,
        version: Option<Position>,
        place: Place,
        span: Span,
    ) -> Result<Position, CommitError> {
        let mut batch = Batch::new();
        guard(&mut batch, key, version);
        if let Some((position, index)) = span.last {
            let end = (key.clone(), position, index.saturating_add(1));
            APPSERVICE_OUTBOX.delete_range(&mut batch, &(key.clone(), 0_u64, 0_u16), &end);
        }
        APPSERVICE_PLACES.put_versioned(&mut batch, key, &place);
        self.writer.commit(batch, Touched::default()).await
    }

    async fn put(&self, id: &str, content: &Content) -> Result<(), SendError> {
        let appservice = &self.interests.0[self.index].appservice;
        match self.wire.put_transaction(appservice, id, content.to_json()?).await? {
            Some(status) if !status.is_success() => Err(SendError::Refused(status)),
            // Without an address there is no worker.
            Some(_) | None => Ok(()),
        }
    }
}

fn guard(batch: &mut Batch, key: &String, version: Option<Position>) {
    match version {
        Some(version) => APPSERVICE_PLACES.guard_equals(batch, key, version),
        None => APPSERVICE_PLACES.guard_absent(batch, key),
    }
}

enum Sent {
    /// There is more.
    Part,
    /// All that there was.
    All,
}

/// One look at what there is, from the place that was written down.
struct Turn {
    key: String,
    version: Option<Position>,
    place: Place,
    span: Span,
    /// The serial number of the last change of who types.
    typing: u64,
}

impl Turn {
    /// The id of a transaction that is not written down: its content follows from these three, and no numbered one has such an id.
    fn passing_id(&self) -> String {
        format!("{}-{}-{}", self.place.next, self.span.until, self.typing)
    }
}

/// What the service was sent last of what is not stored for it.
struct Seen {
    typing: u64,
    /// Key counts, with empty lists; `None` before the first look.
    devices: Option<Devices>,
    /// Up to here there was nothing for the service.
    looked: u64,
    /// Where the first look at a service was that nothing is written down of yet.
    began: Option<u64>,
    /// Up to here the commits were looked at, or are the worker's own.
    known: Position,
}

impl Seen {
    /// A commit of the worker's own need not wake it, unless others came before it.
    fn is_ours(&mut self, position: Position) {
        if position == self.known.next() {
            self.known = position;
        }
    }
}
