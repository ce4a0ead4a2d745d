//! What a legal hold kept of a deleted account: it goes when the hold is lifted.

use super::error::DeletionError;
use super::part::{self, Progress};
use super::store;
use crate::tenant::Tenant;

/// Deleted accounts looked at in one round: holds are few.
const LOOKED_AT_MAX: u64 = 500;

/// One round; returns of how many accounts nothing is held any more. One that fails does not keep the others; the first failure is told at the end.
pub async fn run_held(tenant: &Tenant) -> Result<usize, DeletionError> {
    let mut reading = tenant.store.read_at_length().await?;
    let held = store::held(&mut reading, "", LOOKED_AT_MAX).await?;
    drop(reading);
    let (mut went, mut failed) = (0, None);
    for id in &held {
        let looked = async {
            part::erase_records(tenant, id).await?;
            part::erase_callbacks(tenant, id).await?;
            part::erase_around(tenant, id).await
        };
        match looked.await {
            Ok(Progress::Done) => went += 1,
            Ok(Progress::NotYet(_)) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if !held.is_empty() {
        tenant.store.write_out().await?;
    }
    failed.map_or(Ok(went), Err)
}
