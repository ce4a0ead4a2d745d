//! What was signed, read: the list of versions, and a version as PDF. Each reading is recorded before anything is given out.

use serde_json::json;

use super::access;
use super::document::{self, Document};
use super::error::ConclusionError;
use super::pdf;
use super::record::{self, Record, Signed};
use crate::actor::Actor;
use crate::archive::Share;
use crate::audit;
use crate::consultation::{Record as Consultation, record as consultations};
use crate::ids::{ConsultationId, PatientId};
use crate::operator::Member;
use crate::store::Session;
use crate::tenant::Tenant;

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// A patient: his own.
    Patient(&'a PatientId),
    /// A member of staff: as far as he took part.
    Staff(&'a Member),
}

impl Reader<'_> {
    fn share(self, record: &Consultation) -> Result<Share, ConclusionError> {
        match self {
            Self::Patient(patient) if record.patient == *patient => Ok(Share::Whole),
            Self::Patient(_) => Err(ConclusionError::NotFound),
            Self::Staff(member) => access::share(record, member).ok_or(ConclusionError::NotOpen),
        }
    }
}

/// A conclusion that was signed, and its versions that the reader may read, newest first.
async fn signed(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
    reader: Reader<'_>,
) -> Result<(Consultation, Option<Record>, Vec<Signed>), ConclusionError> {
    let consultation = consultations::load(session, id).await?.ok_or(ConclusionError::NotFound)?;
    let share = reader.share(&consultation)?;
    let record = record::load(session, &tenant.key, id).await?;
    let mut versions = record::versions(session, &tenant.key, id).await?;
    versions.retain(|version| access::reaches(share, version.at));
    Ok((consultation, record, versions))
}

/// The signed versions, newest first, with the conclusion's number; empty: none was signed.
pub async fn versions(
    tenant: &Tenant,
    id: &ConsultationId,
    reader: Reader<'_>,
) -> Result<Vec<(i64, Signed)>, ConclusionError> {
    let mut reading = tenant.store.read().await?;
    let (_, record, versions) = signed(&mut reading, tenant, id, reader).await?;
    let number = record.and_then(|record| record.number).unwrap_or_default();
    Ok(versions.into_iter().map(|version| (number, version)).collect())
}

/// A signed version as PDF, with the name of its file; the last one where none is named.
pub async fn read_pdf(
    tenant: &Tenant,
    id: &ConsultationId,
    version: Option<i64>,
    reader: Reader<'_>,
    actor: &Actor,
) -> Result<(String, Vec<u8>), ConclusionError> {
    let mut writing = tenant.store.write().await?;
    let (consultation, _, versions) = signed(&mut writing, tenant, id, reader).await?;
    let is_wanted = |signed: &&Signed| version.is_none_or(|version| signed.version == version);
    let signed = versions.iter().find(is_wanted).ok_or(ConclusionError::NotFound)?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor,
        action: "conclusion.read",
        subject: audit::Subject { kind: "consultation", id: id.as_str() },
        detail: json!({ "patient": consultation.patient, "version": signed.version }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await?;
    let document = opened(signed)?;
    let name = format!("conclusion-{}-{}.pdf", document.number.unwrap_or_default(), document.version);
    let signature = pdf::Shown { method: signed.method.clone(), hash: signed.hash.clone() };
    Ok((name, pdf::draw(tenant, document, pdf::Standing::Signed(signature)).await?))
}

/// The document of a version, if it is what was signed.
pub(super) fn opened(signed: &Signed) -> Result<Document, ConclusionError> {
    if document::hash(&signed.content) != signed.hash {
        return Err(ConclusionError::DoesNotOpen);
    }
    serde_json::from_slice(&signed.content).map_err(|_| ConclusionError::DoesNotOpen)
}
