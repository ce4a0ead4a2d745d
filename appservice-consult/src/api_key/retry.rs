//! A request that opens something is answered once, however often it comes: its caller gives it a name (`Idempotency-Key`), under which the first answer is kept.
//!
//! The name is claimed before anything is done, with the id under which it will be done. So a retry after a crash does the same thing again, which the service
//! knows by that id and answers without doing it. What was refused frees the name: the caller mends his request and sends it again.

use tokio::sync::OwnedMutexGuard;

use super::error::ApiKeyError;
use super::retry_store::{self, Kept};
use crate::ids::ApiKeyId;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;

/// How long an answer is kept. Unit: seconds.
const KEPT_SECONDS: i64 = 24 * 3_600;
/// Longest name. Unit: bytes.
const NAME_BYTES_MAX: usize = 255;

/// A caller's own name for a request: the same for each retry, another for each new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryKey(String);

impl RetryKey {
    /// The name, if it can be one: 1 to 255 visible ASCII characters.
    pub fn parse(text: &str) -> Option<Self> {
        let is_name = (1..=NAME_BYTES_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_name.then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whose turn it is.
pub enum Turn {
    /// The caller's: the request has had no answer yet.
    First(Claim),
    /// Nobody's: this was answered.
    Answered(String),
}

/// The right to answer a request. Whoever sends the same meanwhile waits for it.
pub struct Claim {
    request_id: String,
    kept: Option<Named>,
}

/// A claim that has a name.
struct Named {
    key: ApiKeyId,
    retry_hash: Vec<u8>,
    _alone: OwnedMutexGuard<()>,
}

/// Begins a request of a key. `request`: path and body, by which another request under the same name is known.
///
/// Errors: `OtherRequest`, `Store`.
pub async fn begin(
    tenant: &Tenant,
    key: &ApiKeyId,
    retry: Option<&RetryKey>,
    request: &str,
) -> Result<Turn, ApiKeyError> {
    let fresh = format!("key/{}", tenant.context.new_id());
    let Some(RetryKey(name)) = retry else { return Ok(Turn::First(Claim { request_id: fresh, kept: None })) };
    let retry_hash = tenant.key.index("idempotency key", &format!("{key}/{name}"));
    let request_hash = tenant.key.index("idempotent request", request);
    let alone = tenant.locks.lock(&format!("idempotency {}", hex::encode(&retry_hash))).await;
    let named = Named { key: key.clone(), retry_hash, _alone: alone };
    let now = tenant.context.now();
    let mut writing = tenant.store.write().await?;
    let kept = retry_store::load(&mut writing, &tenant.key, key, &named.retry_hash).await?;
    match kept.filter(|kept| now.seconds_since(kept.at) < KEPT_SECONDS) {
        Some(kept) if kept.request_hash != request_hash => Err(ApiKeyError::OtherRequest),
        Some(Kept { body: Some(body), .. }) => Ok(Turn::Answered(body)),
        Some(kept) => Ok(Turn::First(Claim { request_id: kept.request_id, kept: Some(named) })),
        None => {
            retry_store::remove(&mut writing, key, &named.retry_hash).await?;
            let claimed = Kept { request_hash, request_id: fresh.clone(), at: now, body: None };
            retry_store::insert(&mut writing, key, &named.retry_hash, &claimed).await?;
            writing.commit().await?;
            Ok(Turn::First(Claim { request_id: fresh, kept: Some(named) }))
        }
    }
}

impl Claim {
    /// Under which it is opened, however often it is tried.
    pub fn request_id(&self) -> String {
        self.request_id.clone()
    }

    /// Keeps the answer.
    pub async fn answered(self, tenant: &Tenant, body: &str) -> Result<(), StoreError> {
        let Some(named) = &self.kept else { return Ok(()) };
        let mut writing = tenant.store.write().await?;
        retry_store::answer(&mut writing, tenant, &named.key, &named.retry_hash, body).await?;
        writing.commit().await
    }

    /// Frees the name: nothing was opened.
    pub async fn refused(self, tenant: &Tenant) -> Result<(), StoreError> {
        let Some(named) = &self.kept else { return Ok(()) };
        let mut writing = tenant.store.write().await?;
        retry_store::remove(&mut writing, &named.key, &named.retry_hash).await?;
        writing.commit().await
    }
}

/// Forgets answers that are older than a day.
pub async fn forget_old(writing: &mut Writing, tenant: &Tenant) -> Result<(), StoreError> {
    retry_store::remove_before(writing, tenant.context.now().plus_seconds(-KEPT_SECONDS)).await
}

#[cfg(test)]
mod tests {
    use super::RetryKey;

    #[test]
    fn a_name_is_short_and_visible() {
        for name in ["1", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", &"x".repeat(255)] {
            assert!(RetryKey::parse(name).is_some(), "{name}");
        }
        for name in ["", "a b", "ключ", "a\u{7f}", &"x".repeat(256)] {
            assert!(RetryKey::parse(name).is_none(), "{name}");
        }
    }
}
