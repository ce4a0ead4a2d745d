//! Events of the media server: signed, perhaps repeated, in any order. Many that come at once are one transaction, so that a busy hour costs few syncs.
//!
//! A disk that syncs slowly gets fewer and larger transactions: while one is written, half of those who tell wait for it and the other half have told already,
//! so a moment for those who were just answered makes one sync of two. What was written lately is known without the database.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::media::{Heard, HeardKind};
use super::record::{self, is_ours};
use super::rooms;
use super::ticket::Calls;
use crate::api::problem::chain;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Events that wait; more are refused, and the media server sends them again.
pub(super) const INBOX_MAX: usize = 4_096;
/// Events of one transaction.
const TOGETHER: usize = 256;
/// Where a transaction is written faster, none waits for more events.
const SLOW: Duration = Duration::from_millis(4);
/// So long one waits: whoever was answered tells the next event within it.
const MOMENT: Duration = Duration::from_millis(1);

/// An event on its way, and who waits for it to be written.
#[derive(Debug)]
pub(super) struct Letter {
    heard: Heard,
    written: oneshot::Sender<bool>,
}

/// Why an event was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HookError {
    /// Not signed by the media server.
    #[error("not signed by the media server")]
    NotSigned,
    /// Not now: it shall be sent again.
    #[error("not now")]
    Later,
}

/// Takes an event: `body` exactly as it came. Returns when it is durable. An event of nobody's room, or of no interest, is taken and forgotten.
pub async fn hear(tenants: &[Arc<Tenant>], body: &[u8], authorization: &str) -> Result<(), HookError> {
    let mut with_calls = tenants.iter().filter_map(|tenant| tenant.calls.as_ref());
    // One media server for all tenants of a process: any of them reads its events.
    let reader = with_calls.next().ok_or(HookError::NotSigned)?;
    let heard = reader.media.read(body, authorization).map_err(|_| HookError::NotSigned)?;
    let calls = std::iter::once(reader).chain(with_calls).find(|calls| is_ours(calls, &heard.room));
    match calls {
        Some(calls) if heard.kind != HeardKind::Other => post(calls, heard).await,
        _ => Ok(()),
    }
}

async fn post(calls: &Calls, heard: Heard) -> Result<(), HookError> {
    if calls.heard.contains_key(&heard.id) {
        return Ok(());
    }
    let (written, waits) = oneshot::channel();
    calls.inbox.try_send(Letter { heard, written }).map_err(|_| HookError::Later)?;
    match waits.await {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(HookError::Later),
    }
}

/// Writes events down until it is told to stop.
pub(crate) async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    let Some(calls) = &tenant.calls else { return };
    let Some(mut letters) = calls.letters.lock().take() else { return };
    let mut waits = false;
    loop {
        let mut batch = Vec::new();
        tokio::select! {
            () = stop.cancelled() => return,
            count = letters.recv_many(&mut batch, TOGETHER) => if count == 0 { return },
        }
        if waits {
            tokio::time::sleep(MOMENT).await;
            while batch.len() < TOGETHER
                && let Ok(letter) = letters.try_recv()
            {
                batch.push(letter);
            }
        }
        let (began, count) = (Instant::now(), batch.len());
        let heard: Vec<&Heard> = batch.iter().map(|letter| &letter.heard).collect();
        if write_all(&tenant, &heard).await {
            for letter in batch {
                answer(calls, letter, true);
            }
        } else {
            // One that cannot be written must not keep back the others.
            for letter in batch {
                let is_written = write_all(&tenant, &[&letter.heard]).await;
                answer(calls, letter, is_written);
            }
        }
        waits = is_worth_waiting(count, began.elapsed());
        calls.wake.notify_one();
    }
}

/// Whether the next transaction waits for more events, after one of `count` events took so long; pure. Who tells alone is not kept waiting.
fn is_worth_waiting(count: usize, took: Duration) -> bool {
    count > 1 && took >= SLOW
}

fn answer(calls: &Calls, letter: Letter, is_written: bool) {
    if is_written {
        calls.heard.insert(letter.heard.id, ());
    }
    // Who asked may have gone.
    let _gone = letter.written.send(is_written);
}

async fn write_all(tenant: &Tenant, heard: &[&Heard]) -> bool {
    match write(tenant, heard).await {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(error = %chain(&error), "events of the media server could not be written down");
            false
        }
    }
}

async fn write(tenant: &Tenant, heard: &[&Heard]) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let ids: Vec<&str> = heard.iter().map(|heard| heard.id.as_str()).collect();
    let mut taken = rooms::taken(&mut writing, &ids).await?;
    let fresh: Vec<&Heard> = heard.iter().copied().filter(|heard| taken.insert(heard.id.clone())).collect();
    record::watch_who_joined(&mut writing, &fresh, now).await?;
    for heard in &fresh {
        record::take(&mut writing, tenant, heard).await?;
    }
    let ids: Vec<&str> = fresh.iter().map(|heard| heard.id.as_str()).collect();
    rooms::take(&mut writing, &ids, now).await?;
    writing.commit().await
}

#[cfg(test)]
mod tests {
    use super::{MOMENT, SLOW, is_worth_waiting};

    #[test]
    fn a_slow_disk_makes_events_wait_for_one_another_and_a_fast_one_does_not() {
        assert!(is_worth_waiting(8, SLOW) && is_worth_waiting(2, SLOW * 9));
        assert!(!is_worth_waiting(8, MOMENT), "a fast disk");
        assert!(!is_worth_waiting(1, SLOW * 9), "nobody else tells anything");
    }
}
