//! Reading into the index what waits: in the background, some at a time, the newest first. What a crash interrupts is done again, to the same effect.

use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use tokio_util::sync::CancellationToken;

use super::key::IndexKey;
use super::{FORM, SearchError, document, entries, store};
use crate::api::problem::chain;
use crate::store::{StoreError, number};
use crate::tenant::Tenant;

/// Between two looks at what waits. A record can be found this long after it was sealed.
const LOOK: Duration = Duration::from_secs(2);
/// Records that are read at once. They share most of their words, so many cost less than each alone; while they are written nobody else writes.
const AT_ONCE: usize = 64;
/// Pause between two batches, so that a machine that reads years of records goes on serving.
const PAUSE: Duration = Duration::from_millis(50);
/// Batches between two counts of what is left.
const COUNT_EVERY: usize = 32;
/// Places of the chain that are marked in one transaction.
const MARKED_AT_ONCE: i64 = 20_000;
/// Form of an index that is being made anew.
const BEING_MADE: i64 = 0;

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Consultations and call-backs that were read.
    pub read: usize,
    /// Those that wait.
    pub left: i64,
}

/// Sees to it that the index is of this program's form and key: where it is not, it is emptied and everything is marked to be read. Returns whether it was.
pub async fn make_ready(tenant: &Tenant) -> Result<bool, StoreError> {
    let check = tenant.archive.index.as_ref().map(IndexKey::check);
    let mut reading = tenant.store.read().await?;
    let state = store::state(&mut reading).await?;
    drop(reading);
    if state == (FORM, check.clone()) {
        return Ok(false);
    }
    let mut writing = tenant.store.write().await?;
    store::set_state(&mut writing, BEING_MADE, None).await?;
    writing.commit().await?;
    let mut reading = tenant.store.read_at_length().await?;
    let last = store::last_bucket(&mut reading).await?;
    drop(reading);
    for bucket in 0..=last.unwrap_or(-1) {
        let mut writing = tenant.store.write().await?;
        store::clear(&mut writing, bucket).await?;
        writing.commit().await?;
    }
    if check.is_some() {
        // Only now: what is sealed from here on marks itself.
        let mut reading = tenant.store.read().await?;
        let sealed = number::last(&mut reading, number::ARCHIVE).await?;
        drop(reading);
        let mut behind = 0;
        while behind < sealed {
            let mut writing = tenant.store.write().await?;
            store::mark_between(&mut writing, behind, behind + MARKED_AT_ONCE).await?;
            writing.commit().await?;
            behind += MARKED_AT_ONCE;
        }
    }
    let mut writing = tenant.store.write().await?;
    store::set_state(&mut writing, FORM, check).await?;
    writing.commit().await?;
    Ok(true)
}

/// Reads the next ones that wait; returns how many. What somebody changes meanwhile is read again by the next call.
pub async fn index_some(tenant: &Tenant) -> Result<usize, SearchError> {
    let Some(key) = &tenant.archive.index else { return Ok(0) };
    let mut reading = tenant.store.read().await?;
    let due = store::due(&mut reading, AT_ONCE as u64).await?;
    drop(reading);
    if due.is_empty() {
        return Ok(0);
    }
    let mut reading = tenant.store.read_at_length().await?;
    let mut read = Vec::with_capacity(due.len());
    for one in &due {
        read.push(document::read(&mut reading, tenant, &one.subject).await);
    }
    drop(reading);
    let mut writing = tenant.store.write().await?;
    let mut documents = Vec::with_capacity(due.len());
    for (one, document) in due.iter().zip(read) {
        if !store::settle(&mut writing, one).await? {
            continue;
        }
        match document {
            Ok(Some(document)) => documents.push(document),
            Ok(None) => entries::remove(&mut writing, key, &tenant.context, &one.subject).await?,
            Err(SearchError::Store(error)) => return Err(error.into()),
            // It would not open the next time either; `archive verify` says which and why.
            Err(error) => tracing::error!(
                subject = %one.subject, error = %chain(&error), "a record could not be read into the search index"
            ),
        }
    }
    entries::put(&mut writing, key, &tenant.context, &documents).await?;
    writing.commit().await?;
    counter!("consilium_archive_indexed_total").increment(due.len() as u64);
    Ok(due.len())
}

/// Makes the whole index anew, now. A running service does not mind: what it finds meanwhile is incomplete, and says so.
pub async fn make_anew(tenant: &Tenant, mut told: impl FnMut(Progress)) -> Result<usize, SearchError> {
    let mut writing = tenant.store.write().await?;
    store::set_state(&mut writing, BEING_MADE, None).await?;
    writing.commit().await?;
    make_ready(tenant).await?;
    let (mut read, mut batches) = (0, 0_usize);
    loop {
        let some = index_some(tenant).await?;
        if some == 0 {
            return Ok(read);
        }
        read += some;
        batches += 1;
        if batches.is_multiple_of(COUNT_EVERY) {
            told(Progress { read, left: left(tenant).await? });
        }
    }
}

async fn left(tenant: &Tenant) -> Result<i64, StoreError> {
    let mut reading = tenant.store.read_at_length().await?;
    store::left(&mut reading).await
}

/// Reads what waits until it is told to stop.
pub async fn run(tenant: Arc<Tenant>, stop: CancellationToken) {
    match make_ready(&tenant).await {
        Ok(true) => tracing::info!("the search index of the archive is made anew in the background"),
        Ok(false) => {}
        Err(error) => tracing::error!(error = %chain(&error), "the search index could not be made ready"),
    }
    let mut waiting = Waiting(0);
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = looks.tick() => {}
        }
        if let Err(error) = catch_up(&tenant, &stop, &mut waiting).await {
            tracing::error!(error = %chain(&error), "the search index could not be continued");
        }
    }
}

/// Reads until nothing waits, or it is told to stop.
async fn catch_up(tenant: &Tenant, stop: &CancellationToken, waiting: &mut Waiting) -> Result<(), SearchError> {
    let mut batches = 0_usize;
    loop {
        let some = index_some(tenant).await?;
        if some == 0 && waiting.0 == 0 {
            return Ok(());
        }
        // Less than a whole batch: what comes now may as well wait for the next look, and share the work with others.
        let is_end = some < AT_ONCE;
        if is_end || batches.is_multiple_of(COUNT_EVERY) {
            waiting.are(left(tenant).await?);
        }
        if is_end {
            return Ok(());
        }
        batches += 1;
        tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// What one tenant adds to the gauge of what waits.
struct Waiting(i32);

impl Waiting {
    fn are(&mut self, left: i64) {
        let left = i32::try_from(left).unwrap_or(i32::MAX);
        gauge!("consilium_archive_to_index").increment(f64::from(left) - f64::from(self.0));
        self.0 = left;
    }
}
