//! Who is given a bundle: whoever may read the record in the archive, as much of it as he may read there. Giving it is a reading of the record.

use super::bundle::bundle;
use super::gather::gather;
use crate::actor::Actor;
use crate::archive::{self, ArchiveError, Form, Share};
use crate::consultation::Record;
use crate::consultation::record as consultations;
use crate::ids::ConsultationId;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// What a bundle is called on the wire.
pub const CONTENT_TYPE: &str = "application/fhir+json";

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum FhirError {
    /// The consultation is not over, or not all of it is sealed: what is still being said belongs to nobody's files yet.
    #[error("the consultation is not sealed")]
    NotSealed,
    /// The archive does not give it out.
    #[error("the archive does not give the record out")]
    Archive(#[from] ArchiveError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// A sealed consultation as a bundle of FHIR R4, as JSON; `share` decides how much of it. The reading is recorded before anything is given out.
///
/// Errors: `NotSealed` for who could read it once it is; `Archive` (`NotFound`, `Erased`, …); `Store`.
pub async fn export(
    tenant: &Tenant,
    id: &ConsultationId,
    actor: &Actor,
    share: impl Fn(&Record) -> Option<Share>,
) -> Result<String, FhirError> {
    let mut reading = tenant.store.read().await?;
    let record = consultations::load(&mut reading, id).await?;
    drop(reading);
    if record.is_some_and(|record| record.sealed.is_none() && share(&record).is_some()) {
        return Err(FhirError::NotSealed);
    }
    let opened = archive::open(tenant, id, actor, Form::Fhir, share).await?;
    let mut reading = tenant.store.read().await?;
    let source = gather(&mut reading, tenant, opened).await?;
    Ok(bundle(&source).to_string())
}
