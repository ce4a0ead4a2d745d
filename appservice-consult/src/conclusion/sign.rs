//! Signing what is written, and amending what was signed.
//!
//! The signature is made between two transactions, because a provider may take its time: what is signed is what was read in the first one, and the second one
//! keeps it only if nobody saved or signed meanwhile.

use serde_json::json;

use super::access::{self, Writer};
use super::document::{self, Document};
use super::draft::{Desk, Draft, read};
use super::error::ConclusionError;
use super::record::{self, Record, Signed};
use super::signature::{Signature, ToSign};
use super::template;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::{Notice, Record as Consultation};
use crate::conversation;
use crate::ids::ConsultationId;
use crate::outbox::{self, Task};
use crate::rules;
use crate::store::{Writing, number};
use crate::tenant::Tenant;
use crate::time::Time;
use crate::webhook;

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// The first version.
    First,
    /// A further one, and why.
    Amend {
        /// Why.
        reason: String,
    },
}

/// What was read to be signed.
struct Prepared {
    document: Document,
    record: Record,
    consultation: Consultation,
}

/// Signs the draft of that version. The same press again, after a lost answer, succeeds and changes nothing.
pub async fn sign(
    tenant: &Tenant,
    id: &ConsultationId,
    version: i64,
    intent: Intent,
    by: Writer<'_>,
) -> Result<Draft, ConclusionError> {
    let at = tenant.context.now();
    let Some(prepared) = prepare(tenant, id, version, &intent, by, at).await? else {
        return read(tenant, id, by).await;
    };
    let content = prepared.document.bytes();
    let hash = document::hash(&content);
    let to_sign = ToSign { content: &content, hash: &hash, by: by.member, at };
    let Signature { method, value } = tenant.signer.sign(to_sign).await?;
    let signed = Signed {
        version: prepared.document.version,
        at,
        by: by.member.id.clone(),
        method,
        signature: value,
        hash,
        content,
        reason: prepared.document.reason.clone(),
    };
    keep(tenant, &prepared, &signed, by).await?;
    read(tenant, id, by).await
}

/// Reads what is to be signed, and gives it its number. `None`: just this was signed by him already.
async fn prepare(
    tenant: &Tenant,
    id: &ConsultationId,
    version: i64,
    intent: &Intent,
    by: Writer<'_>,
    at: Time,
) -> Result<Option<Prepared>, ConclusionError> {
    let reason = match intent {
        Intent::First => None,
        Intent::Amend { reason } => {
            Some(template::checked_reason(reason).map_err(|error| ConclusionError::Invalid(vec![error]))?)
        }
    };
    let mut writing = tenant.store.write().await?;
    let mut desk = Desk::load(&mut writing, tenant, id).await?;
    if !access::may_sign(&desk.consultation, by.member) {
        return Err(if access::may_read_draft(&desk.consultation, by.member) {
            ConclusionError::MayNotSign
        } else {
            ConclusionError::NotOpen
        });
    }
    if !access::is_writable(&desk.consultation) {
        return Err(ConclusionError::WrongPhase);
    }
    let Some(mut record) = desk.record.take() else { return Err(nothing_written(&desk)?) };
    if is_repeated(&record, version, by) {
        return Ok(None);
    }
    stands(&record, version, intent)?;
    desk.record = Some(record.clone());
    let missing = desk.missing()?;
    if !missing.is_empty() {
        return Err(ConclusionError::Invalid(missing));
    }
    if record.number.is_none() {
        let number = number::next(&mut writing, number::CONCLUSION).await?;
        record::set_number(&mut writing, id, number).await?;
        writing.commit().await?;
        record.number = Some(number);
        desk.record = Some(record.clone());
    }
    let document = desk.document(tenant, by.member, at, reason)?;
    Ok(Some(Prepared { document, record, consultation: desk.consultation }))
}

/// Nobody has written anything: what is required is missing.
fn nothing_written(desk: &Desk) -> Result<ConclusionError, ConclusionError> {
    Ok(ConclusionError::Invalid(desk.missing()?))
}

/// He signed the draft of this version already, and nothing came after it.
fn is_repeated(record: &Record, version: i64, by: Writer<'_>) -> bool {
    record.signed_version > 0
        && record.draft.is_none()
        && record.draft_version == version + 1
        && record.draft_by == by.member.id
}

fn stands(record: &Record, version: i64, intent: &Intent) -> Result<(), ConclusionError> {
    if record.draft_version != version {
        return Err(ConclusionError::Changed { by: record.draft_by.clone() });
    }
    match (intent, record.signed_version) {
        (Intent::First, 0) => Ok(()),
        (Intent::First, _) => Err(ConclusionError::AlreadySigned),
        (Intent::Amend { .. }, 0) => Err(ConclusionError::NotSigned),
        (Intent::Amend { .. }, _) if record.draft.is_none() => Err(ConclusionError::NothingNew),
        (Intent::Amend { .. }, _) => Ok(()),
    }
}

/// Keeps the signed version, and what follows from it, in one transaction.
async fn keep(tenant: &Tenant, prepared: &Prepared, signed: &Signed, by: Writer<'_>) -> Result<(), ConclusionError> {
    let Prepared { record: before, consultation, .. } = prepared;
    let id = &consultation.id;
    let mut writing = tenant.store.write().await?;
    let after = Record {
        signed_version: signed.version,
        signed_at: Some(signed.at),
        draft_version: before.draft_version + 1,
        draft_by: by.member.id.clone(),
        draft_at: signed.at,
        draft: None,
        ..before.clone()
    };
    if !record::update(&mut writing, tenant, &after).await? {
        let now = record::load(&mut writing, &tenant.key, id).await?.ok_or(ConclusionError::NotFound)?;
        return Err(ConclusionError::Changed { by: now.draft_by });
    }
    record::insert_version(&mut writing, tenant, id, signed).await?;
    let action = if signed.version == 1 { "conclusion.signed" } else { "conclusion.amended" };
    let entry = audit::Entry {
        at: signed.at,
        actor: by.actor,
        action,
        subject: audit::Subject { kind: "consultation", id: id.as_str() },
        detail: json!({
            "patient": consultation.patient, "number": after.number, "version": signed.version,
            "method": signed.method, "hash": signed.hash,
        }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    tell(&mut writing, tenant, consultation, signed).await?;
    let told = webhook::of_conclusion(consultation, after.number, signed);
    webhook::enqueue(&mut writing, tenant, vec![told]).await?;
    if signed.version == 1 {
        Box::pin(rules::after_signing(&mut writing, tenant, consultation)).await?;
    }
    writing.commit().await?;
    Ok(())
}

/// The streams, the line in the room, and the archive where the consultation is in it.
async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    consultation: &Consultation,
    signed: &Signed,
) -> Result<(), ConclusionError> {
    let id = &consultation.id;
    let conversation =
        conversation::load(writing, &consultation.conversation).await?.ok_or(ConclusionError::NotFound)?;
    let patient = conversation.patient_user.as_str();
    change::append(writing, signed.at, Kind::Consultation, id.as_str(), Some(patient)).await?;
    change::append(writing, signed.at, Kind::Conclusion, id.as_str(), None).await?;
    if let Some(room) = conversation.room {
        let notice = if signed.version == 1 { Notice::ConclusionReady } else { Notice::ConclusionAmended };
        let say = Task::Say { room, consultation: id.clone(), notice, operator: None };
        outbox::append(writing, consultation.conversation.as_str(), &say, tenant.context.now()).await?;
    }
    if !consultation.state.phase.is_open() {
        let seal = Task::Seal { consultation: id.clone(), announced: consultation.state.phase_since };
        outbox::append(writing, consultation.conversation.as_str(), &seal, tenant.context.now()).await?;
    }
    Ok(())
}
