//! Signing what is written, and amending what was signed.
//!
//! The signature is made between two transactions, because a provider may take its time: what is signed is what was read in the first one, and the second one
//! keeps it only if nobody saved or signed meanwhile.

use serde_json::json;

use super::access::{self, Writer};
use super::document;
use super::draft::{Desk, Draft, read};
use super::error::ConclusionError;
use super::later::{self, When};
use super::pending::{self, Pending};
use super::record::{self, Record, Signed};
use super::signature::{Signature, ToSign};
use super::template;
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::{Notice, Record as Consultation, record as consultations};
use crate::conversation;
use crate::ids::ConsultationId;
use crate::operator::Member;
use crate::outbox::{self, Task};
use crate::rules;
use crate::store::{StoreError, Writing, number};
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

/// What is to be signed, as it was read.
pub(super) struct Frozen {
    /// Under which it is asked for; `None`: nobody else is asked.
    pub(super) request: Option<String>,
    /// The consultation.
    pub(super) consultation: ConsultationId,
    /// The conclusion's number in the register.
    number: i64,
    /// Which version it becomes.
    pub(super) version: i64,
    /// Which draft was read.
    pub(super) draft_version: i64,
    /// When somebody pressed.
    pub(super) at: Time,
    /// SHA-256 of the content.
    pub(super) hash: String,
    /// The content.
    pub(super) content: Vec<u8>,
    /// Why it replaces the version before.
    pub(super) reason: Option<String>,
}

impl Frozen {
    /// What waited.
    pub(super) fn of(pending: &Pending, number: i64) -> Self {
        let pending = pending.clone();
        Self {
            request: Some(pending.request),
            consultation: pending.consultation,
            number,
            version: pending.version,
            draft_version: pending.draft_version,
            at: pending.asked_at,
            hash: pending.hash,
            content: pending.content,
            reason: pending.reason,
        }
    }

    pub(super) fn to_sign<'a>(&'a self, by: &'a Member) -> ToSign<'a> {
        ToSign {
            request: self.request.as_deref().unwrap_or_default(),
            consultation: &self.consultation,
            number: self.number,
            version: self.version,
            content: &self.content,
            hash: &self.hash,
            by,
            at: self.at,
        }
    }
}

/// What a press comes to.
enum Pressed {
    /// This is to be signed.
    Sign(Frozen),
    /// Just this waits for its signature already.
    Waits,
    /// Just this was signed by him already.
    Repeated,
}

/// Signs the draft of that version. The same press again, after a lost answer, succeeds and changes nothing.
///
/// Where somebody else makes signatures and does not answer at once, it waits: the draft says so, and it is asked for until it comes. Another press asks at once.
pub async fn sign(
    tenant: &Tenant,
    id: &ConsultationId,
    version: i64,
    intent: Intent,
    by: Writer<'_>,
) -> Result<Draft, ConclusionError> {
    let at = tenant.context.now();
    match prepare(tenant, id, version, &intent, by, at).await? {
        Pressed::Sign(frozen) if tenant.signer.is_elsewhere() => {
            later::begin(tenant, &frozen, by).await?;
            later::ask(tenant, id, When::AtOnce).await?;
        }
        Pressed::Sign(frozen) => {
            let signature = tenant.signer.sign(frozen.to_sign(by.member)).await?;
            keep(tenant, &frozen, signature, by).await?;
        }
        Pressed::Waits => later::ask(tenant, id, When::AtOnce).await?,
        Pressed::Repeated => {}
    }
    read(tenant, id, by).await
}

/// Reads what is to be signed, and gives it its number.
async fn prepare(
    tenant: &Tenant,
    id: &ConsultationId,
    version: i64,
    intent: &Intent,
    by: Writer<'_>,
    at: Time,
) -> Result<Pressed, ConclusionError> {
    let reason = match intent {
        Intent::First => None,
        Intent::Amend { reason } => {
            Some(template::checked_reason(reason).map_err(|error| ConclusionError::Invalid(vec![error]))?)
        }
    };
    let mut writing = tenant.store.write().await?;
    let mut desk = Desk::load(&mut writing, tenant, id).await?;
    must_be_allowed(&desk, by)?;
    let Some(record) = &desk.record else { return Err(nothing_written(&desk)?) };
    if is_repeated(record, version, by) {
        return Ok(Pressed::Repeated);
    }
    stands(record, version, intent)?;
    if desk.pending.as_ref().is_some_and(|pending| pending.waits_for(version)) {
        return Ok(Pressed::Waits);
    }
    let missing = desk.missing()?;
    if !missing.is_empty() {
        return Err(ConclusionError::Invalid(missing));
    }
    let number = if let Some(number) = record.number {
        number
    } else {
        let number = number::next(&mut writing, number::CONCLUSION).await?;
        record::set_number(&mut writing, id, number).await?;
        writing.commit().await?;
        number
    };
    desk.record = desk.record.take().map(|record| Record { number: Some(number), ..record });
    let document = desk.document(tenant, by.member, at, reason)?;
    let content = document.bytes();
    Ok(Pressed::Sign(Frozen {
        request: None,
        consultation: id.clone(),
        number,
        version: document.version,
        draft_version: version,
        at,
        hash: document::hash(&content),
        content,
        reason: document.reason,
    }))
}

/// Whether he may sign it as it stands.
///
/// Errors: `MayNotSign`, `NotOpen`, `WrongPhase`.
fn must_be_allowed(desk: &Desk, by: Writer<'_>) -> Result<(), ConclusionError> {
    if !access::may_sign(&desk.consultation, by.member) {
        return Err(if access::may_read_draft(&desk.consultation, by.member) {
            ConclusionError::MayNotSign
        } else {
            ConclusionError::NotOpen
        });
    }
    if access::is_writable(&desk.consultation) { Ok(()) } else { Err(ConclusionError::WrongPhase) }
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
///
/// Errors: `Changed` where somebody saved or signed meanwhile, `NotFound` where it is gone.
pub(super) async fn keep(
    tenant: &Tenant,
    frozen: &Frozen,
    signature: Signature,
    by: Writer<'_>,
) -> Result<(), ConclusionError> {
    let (id, now) = (&frozen.consultation, tenant.context.now());
    let mut writing = tenant.store.write().await?;
    // It may have come to its end since it was read: then its archive has to take this too.
    let consultation = consultations::load(&mut writing, id).await?.ok_or(ConclusionError::NotFound)?;
    let before = record::load(&mut writing, &tenant.key, id).await?.ok_or(ConclusionError::NotFound)?;
    let changed = ConclusionError::Changed { by: before.draft_by.clone() };
    if before.draft_version != frozen.draft_version {
        return Err(changed);
    }
    if let Some(request) = &frozen.request
        && !pending::remove(&mut writing, request).await?
    {
        return Err(changed);
    }
    let after = Record {
        signed_version: frozen.version,
        signed_at: Some(frozen.at),
        draft_version: before.draft_version + 1,
        draft_by: by.member.id.clone(),
        draft_at: now,
        draft: None,
        ..before
    };
    if !record::update(&mut writing, tenant, &after).await? {
        return Err(changed);
    }
    let signed = signed(frozen, signature, by);
    record::insert_version(&mut writing, tenant, id, &signed).await?;
    note(&mut writing, tenant, (&consultation, after.number), &signed, by).await?;
    tell(&mut writing, tenant, &consultation, &signed).await?;
    let told = webhook::of_conclusion(&consultation, after.number, &signed);
    webhook::enqueue(&mut writing, tenant, vec![told]).await?;
    if signed.version == 1 {
        Box::pin(rules::after_signing(&mut writing, tenant, &consultation)).await?;
    }
    Ok(writing.commit().await?)
}

fn signed(frozen: &Frozen, Signature { method, value }: Signature, by: Writer<'_>) -> Signed {
    Signed {
        version: frozen.version,
        at: frozen.at,
        by: by.member.id.clone(),
        method,
        signature: value,
        hash: frozen.hash.clone(),
        content: frozen.content.clone(),
        reason: frozen.reason.clone(),
    }
}

async fn note(
    writing: &mut Writing,
    tenant: &Tenant,
    (consultation, number): (&Consultation, Option<i64>),
    signed: &Signed,
    by: Writer<'_>,
) -> Result<(), StoreError> {
    let action = if signed.version == 1 { "conclusion.signed" } else { "conclusion.amended" };
    let entry = audit::Entry {
        // A signature may come long after the press: the log has its own order.
        at: tenant.context.now(),
        actor: by.actor,
        action,
        subject: audit::Subject { kind: "consultation", id: consultation.id.as_str() },
        detail: json!({
            "patient": consultation.patient, "number": number, "version": signed.version,
            "method": signed.method, "hash": signed.hash,
        }),
    };
    audit::append(writing, &tenant.key, entry).await
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
    let now = tenant.context.now();
    change::append(writing, now, Kind::Consultation, id.as_str(), Some(patient)).await?;
    change::append(writing, now, Kind::Conclusion, id.as_str(), None).await?;
    if let Some(room) = conversation.room {
        let notice = if signed.version == 1 { Notice::ConclusionReady } else { Notice::ConclusionAmended };
        let say = Task::Say { room, consultation: id.clone(), notice, operator: None };
        outbox::append(writing, consultation.conversation.as_str(), &say, now).await?;
    }
    if !consultation.state.phase.is_open() {
        let seal = Task::Seal { consultation: id.clone(), announced: consultation.state.phase_since };
        outbox::append(writing, consultation.conversation.as_str(), &seal, now).await?;
    }
    Ok(())
}
