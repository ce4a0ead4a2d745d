//! Who makes how many copies at once, and the stream that one is.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use axum::body::Bytes;
use futures_util::{Stream, StreamExt, stream};
use parking_lot::Mutex;
use serde_json::json;
use tokio::io::DuplexStream;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio_util::io::{ReaderStream, SyncIoBridge};

use super::pack;
use crate::actor::Actor;
use crate::audit;
use crate::ids::PatientId;
use crate::patient;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Copies of a tenant that are made at once: each keeps a thread, and the disk, busy.
const AT_ONCE_MAX: usize = 2;
/// When somebody who found all places taken comes again.
pub const BUSY_RETRY_MS: u64 = 30_000;
/// What is made before it is sent. Unit: bytes.
const AHEAD_BYTES: usize = 64 * 1024;

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is no such patient.
    #[error("no such patient")]
    NotFound,
    /// His account was deleted: there is nothing to copy.
    #[error("the account was deleted")]
    Deleted,
    /// One of his is being made, or too many are.
    #[error("too many copies are made just now")]
    Busy,
    /// The reader went away, or the archive cannot be written.
    #[error("the copy could not be written")]
    Written(#[from] io::Error),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

impl From<zip::result::ZipError> for ExportError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Written(error.into())
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whose.
    pub patient: PatientId,
    /// In which language of the brand.
    pub language: String,
    /// By whom.
    pub actor: Actor,
}

/// The copies that are being made.
#[derive(Debug, Default)]
pub struct Places(Arc<Mutex<HashSet<PatientId>>>);

/// A place, until it is dropped.
struct Place {
    places: Arc<Mutex<HashSet<PatientId>>>,
    of: PatientId,
}

impl Places {
    fn take(&self, of: &PatientId) -> Option<Place> {
        let mut taken = self.0.lock();
        if taken.len() >= AT_ONCE_MAX || !taken.insert(of.clone()) {
            return None;
        }
        Some(Place { places: Arc::clone(&self.0), of: of.clone() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.lock().remove(&self.of);
    }
}

/// Name of the archive's file.
pub fn file_name(tenant: &Tenant, language: &str) -> String {
    let what = if language == "ru" { "moi-dannye" } else { "my-data" };
    format!("{what}-{}-{}.zip", tenant.brand().id, tenant.today())
}

/// A copy, as it is made. The stream ends with an error where it could not be made to the end, so that nobody takes a part for the whole.
///
/// Errors: `NotFound`, `Deleted`, `Busy`, `Store`.
pub async fn export(
    tenant: Arc<Tenant>,
    asked: Asked,
) -> Result<impl Stream<Item = io::Result<Bytes>> + use<>, ExportError> {
    let place = tenant.exports.take(&asked.patient).ok_or(ExportError::Busy)?;
    let mut writing = tenant.store.write().await?;
    let patient = patient::load(&mut writing, &tenant.key, &asked.patient).await?.ok_or(ExportError::NotFound)?;
    if patient.deleted_at.is_some() {
        return Err(ExportError::Deleted);
    }
    let subject = audit::Subject { kind: "patient", id: asked.patient.as_str() };
    let detail = json!({ "language": asked.language });
    let entry =
        audit::Entry { at: tenant.context.now(), actor: &asked.actor, action: "patient.exported", subject, detail };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await?;
    let (ours, theirs) = tokio::io::duplex(AHEAD_BYTES);
    let handle = Handle::current();
    let making = tokio::task::spawn_blocking(move || {
        let _place = place;
        pack::pack(&tenant, &handle, &asked, &patient, SyncIoBridge::new_with_handle(ours, handle.clone()))
    });
    Ok(ReaderStream::new(theirs).chain(stream::once(end(making)).filter_map(std::future::ready)))
}

/// What stands behind the last byte: nothing where all is well.
async fn end(making: JoinHandle<Result<(), ExportError>>) -> Option<io::Result<Bytes>> {
    let failed = match making.await {
        Ok(Ok(())) => return None,
        Ok(Err(error)) => crate::api::problem::chain(&error),
        Err(error) => error.to_string(),
    };
    tracing::warn!(error = %failed, "a copy of a patient's data broke off");
    Some(Err(io::Error::other("the copy broke off")))
}

/// Where a copy goes.
pub(super) type Sink = SyncIoBridge<DuplexStream>;

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn one_of_a_patient_and_two_in_all_are_made_at_once() {
        let places = Places::default();
        let one = places.take(&"1".into());
        assert!(one.is_some() && places.take(&"1".into()).is_none());
        let two = places.take(&"2".into());
        assert!(two.is_some() && places.take(&"3".into()).is_none());
        drop(one);
        assert!(places.take(&"3".into()).is_some());
    }
}
