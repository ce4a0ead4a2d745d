//! What closing and sealing a consultation ask of its conclusion.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consilium_config::brand::ConclusionNeed;

use super::document::Document;
use super::pending;
use super::read::opened;
use super::record::{self, Signed};
use crate::api::types::ArchivedConclusion;
use crate::consultation::Record as Consultation;
use crate::ids::ConsultationId;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;

/// Whether the consultation cannot be closed yet, because its queue asks for a signed conclusion.
pub async fn is_missing(
    session: &mut Session,
    tenant: &Tenant,
    consultation: &Consultation,
) -> Result<bool, StoreError> {
    let brand = tenant.brand();
    let queue = brand.queue(consultation.state.queue.as_str());
    if queue.is_none_or(|queue| queue.conclusion != ConclusionNeed::Required) {
        return Ok(false);
    }
    let known = record::of_consultations(session, &[consultation.id.as_str()]).await?;
    if known.get(&consultation.id).is_some_and(|record| record.signed_version > 0) {
        return Ok(false);
    }
    // Whoever pressed has done his part: a provider that takes its time holds no patient.
    Ok(!pending::waits(session, &consultation.id).await?)
}

/// What was signed and is in no archive record yet, oldest first. One that is not what was signed is logged and left where it is.
pub async fn not_sealed(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<Vec<ArchivedConclusion>, StoreError> {
    let versions = record::versions_not_sealed(session, &tenant.key, id).await?;
    let archived = versions.iter().filter_map(|signed| match opened(signed) {
        Ok(document) => Some(archived(signed, document)),
        Err(error) => {
            tracing::error!(consultation.id = %id, %error, "a signed conclusion does not open");
            None
        }
    });
    Ok(archived.collect())
}

fn archived(signed: &Signed, document: Document) -> ArchivedConclusion {
    ArchivedConclusion {
        number: document.number.unwrap_or_default(),
        version: document.version,
        title: document.title,
        signed_at: signed.at,
        signed_by: document.author.name,
        method: signed.method.clone(),
        signature: STANDARD.encode(&signed.signature),
        hash: signed.hash.clone(),
        content: String::from_utf8_lossy(&signed.content).into_owned(),
    }
}

/// What a conclusion in an archive record says. One that cannot be read is logged.
pub fn sealed_document(sealed: &ArchivedConclusion) -> Option<Document> {
    serde_json::from_str(&sealed.content)
        .inspect_err(|error| tracing::error!(number = sealed.number, %error, "a sealed conclusion cannot be read"))
        .ok()
}

/// Notes the archive record that has them now.
pub async fn mark_sealed(writing: &mut Writing, id: &ConsultationId, sequence: i64) -> Result<(), StoreError> {
    record::set_sealed(writing, id, sequence).await
}
