//! When a key was used, and from where: written at most once in a minute, however many requests there are.

use std::net::IpAddr;

use super::registry::{Key, Used};
use super::store;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Uses within this time after one that was noted are not. Unit: seconds.
const NOTED_EVERY_SECONDS: i64 = 60;

/// Notes that a key is used.
pub async fn note_use(tenant: &Tenant, key: &Key, from: IpAddr) -> Result<(), StoreError> {
    let now = tenant.context.now();
    let used = Used { at: now, from: from.to_string() };
    if !tenant.api_keys.use_at(&key.id, &used, now.plus_seconds(-NOTED_EVERY_SECONDS)) {
        return Ok(());
    }
    let mut writing = tenant.store.write().await?;
    store::used(&mut writing, &key.id, &used).await?;
    writing.commit().await
}
