//! Sends the outbox of one application service: transactions in order, each until it is accepted.
//!
//! What a transaction covers is written down before it is sent, so that a retry after a crash carries the same items under the same
//! id. Its rows are deleted, and the place moves on, in one batch after the answer.

use std::{sync::Arc, time::Duration};

use consilium_store::{Batch, CommitError, Direction, Position, StoreError, Versioned, View};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use super::{
    compose::{self, Composer},
    interest::Interests,
    transaction::{Content, DeviceLists, Devices},
};
use crate::{
    appservice::{OutboxItem, Wire},
    feeds::Feeds,
    keyspaces::{APPSERVICE_OUTBOX, APPSERVICE_PLACES},
    writer::{Touched, Writer},
};

/// Items of one transaction.
const ITEMS_MAX: usize = 100;
/// Wait after the first failure; each further one doubles it.
const RETRY_FIRST: Duration = Duration::from_millis(200);
const RETRY_MAX: Duration = Duration::from_secs(30);
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
        let mut seen = Seen { typing: self.composer.typing.serial(), devices: None, looked: 0 };
        let mut wait = RETRY_FIRST;
        loop {
            committed.mark_unchanged();
            typing.mark_unchanged();
            let sent = stop.run_until_cancelled(self.send_next(&mut seen)).await;
            let next = match sent {
                None => return,
                Some(Ok(Sent::One)) => {
                    wait = RETRY_FIRST;
                    continue;
                }
                Some(Ok(Sent::Nothing)) => None,
                Some(Err(error)) => {
                    tracing::warn!(appservice.id = self.id(), error = %error, "a transaction was not accepted");
                    let this = wait;
                    wait = (wait * 2).min(RETRY_MAX);
                    Some(this)
                }
            };
            let rest = async {
                if let Some(pause) = next {
                    tokio::time::sleep(pause).await;
                    return;
                }
                tokio::select! {
                    _ = committed.changed() => {}
                    _ = typing.changed() => {}
                }
            };
            if stop.run_until_cancelled(rest).await.is_none() {
                return;
            }
        }
    }

    /// Sends the next transaction, if there is something to say.
    async fn send_next(&self, seen: &mut Seen) -> Result<Sent, SendError> {
        let view = self.writer.view();
        let key = self.id();
        let (version, place) = match APPSERVICE_PLACES.get_versioned(&*view, &key).await? {
            Some((version, place)) => (Some(version), place),
            // A new service hears of what happens from now on.
            None => (None, Place { next: 1, sent: view.position().0, pending: None }),
        };
        let span = match place.pending {
            Some(span) => span,
            None => self.next_span(&*view, place.sent.max(seen.looked)).await?,
        };
        let typing = self.composer.typing.serial();
        let content = self.compose(&*view, &place, &span, seen).await?;
        let has_new_counts = content.devices.is_some() && seen.devices.is_some() && seen.devices != content.devices;
        if content.is_empty() && !has_new_counts && place.pending.is_none() {
            if seen.devices.is_none() {
                seen.devices = content.devices;
            }
            // Nothing in there concerns the service: the next look begins behind it.
            seen.looked = seen.looked.max(span.until);
            // Rows of events that are not there any more are done with, too.
            if span.last.is_some() || span.until.saturating_sub(place.sent) >= LOOKED_KEPT {
                self.finish(&key, version, Place { sent: span.until, ..place }, span).await?;
            }
            return Ok(if span.until < view.position().0 { Sent::One } else { Sent::Nothing });
        }
        let begun = Place { pending: Some(span), ..place };
        let version = if place.pending.is_none() { Some(self.write(&key, version, begun).await?) } else { version };
        self.put(place.next, &content).await?;
        self.finish(&key, version, Place { next: place.next + 1, sent: span.until, pending: None }, span).await?;
        seen.typing = typing;
        seen.devices = content.devices.map(|devices| Devices { lists: DeviceLists::default(), ..devices });
        Ok(Sent::One)
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
    ) -> Result<(), CommitError> {
        let mut batch = Batch::new();
        guard(&mut batch, key, version);
        if let Some((position, index)) = span.last {
            let end = (key.clone(), position, index.saturating_add(1));
            APPSERVICE_OUTBOX.delete_range(&mut batch, &(key.clone(), 0_u64, 0_u16), &end);
        }
        APPSERVICE_PLACES.put_versioned(&mut batch, key, &place);
        self.writer.commit(batch, Touched::default()).await.map(|_| ())
    }

    async fn put(&self, number: u64, content: &Content) -> Result<(), SendError> {
        let appservice = &self.interests.0[self.index].appservice;
        match self.wire.put_transaction(appservice, number, content.to_json()?).await? {
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
    /// There may be more.
    One,
    Nothing,
}

/// What the service was sent last of what is not stored for it.
struct Seen {
    typing: u64,
    /// Key counts, with empty lists; `None` before the first look.
    devices: Option<Devices>,
    /// Up to here there was nothing for the service.
    looked: u64,
}
