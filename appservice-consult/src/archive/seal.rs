//! Sealing a consultation: one transaction reads its messages and calls, appends the record, and lets the messages go.

use serde_json::json;

use super::append::{Counts, Subject, anchor_head, append};
use super::record::Content;
use super::transcript::{StoredMessage, transcript, with_reactions};
use super::{ArchiveError, store};
use crate::actor::Actor;
use crate::api::types::{ArchivedCall, ArchivedPerson, CallSide, Sender, SenderKind, TranscriptKind};
use crate::audit;
use crate::call;
use crate::change::{self, Kind};
use crate::conclusion;
use crate::consultation::{Phase, count, record as consultations};
use crate::conversation;
use crate::ids::{ConsultationId, UserId};
use crate::present;
use crate::questionnaire;
use crate::retention;
use crate::search;
use crate::tenant::Tenant;

/// Seals what was said in a consultation, by word or by call, or signed, and is not sealed yet. Returns the record's place in the chain; `None`: nothing was.
pub async fn seal(tenant: &Tenant, id: &ConsultationId) -> Result<Option<i64>, ArchiveError> {
    let mut writing = tenant.store.write().await?;
    let consultation = consultations::load(&mut writing, id).await?.ok_or(ArchiveError::NotFound)?;
    let messages = store::messages(&mut writing, &tenant.key, id).await?;
    let reactions = store::reactions(&mut writing, &tenant.key, id).await?;
    let calls = call::not_sealed(&mut writing, id).await?;
    let conclusions = conclusion::not_sealed(&mut writing, tenant, id).await?;
    if consultation.erased_at.is_some() {
        // What comes late of an erased one is not kept again.
        store::forget_messages(&mut writing, id).await?;
        writing.commit().await?;
        return Ok(None);
    }
    let nobody_spoke = calls.is_empty() && conclusions.is_empty() && messages.iter().all(StoredMessage::is_notice);
    if nobody_spoke && (consultation.sealed.is_some() || consultation.state.phase != Phase::Archived) {
        if consultation.sealed.is_none() {
            // It ended before anybody came, and no record will have them.
            questionnaire::erase_consultation(&mut writing, id).await?;
        }
        // Nothing was said, but others may have taken part, and find it now.
        search::later(&mut writing, tenant, id).await?;
        store::forget_messages(&mut writing, id).await?;
        writing.commit().await?;
        return Ok(None);
    }
    let now = tenant.context.now();
    let calls = calls.iter().filter_map(|call| archived(tenant, call)).collect();
    let name_of = |user: &UserId| tenant.name_of(user);
    let content = Content::of(id.clone(), with_reactions(transcript(&messages, name_of), reactions, name_of), calls);
    let answers = if consultation.sealed.is_none() {
        questionnaire::as_asked(&mut writing, tenant, id, consultation.language.as_deref()).await?
    } else {
        None
    };
    let content = Content { conclusions, answers, person: person_of(tenant, &consultation), ..content };
    let said = content.transcript.iter().filter(|entry| entry.kind != TranscriptKind::Notice).count();
    let counts = Counts {
        messages: i64::try_from(said).unwrap_or(i64::MAX),
        files: i64::try_from(content.files.len()).unwrap_or(i64::MAX),
    };
    let appended = append(&mut writing, tenant, &Subject::Consultation(id.clone()), &content, counts).await?;
    let sequence = appended.sequence;
    store::mark_sealed(&mut writing, id, &appended).await?;
    retention::note(&mut writing, tenant, &consultation).await?;
    call::mark_sealed(&mut writing, id, sequence).await?;
    conclusion::mark_sealed(&mut writing, id, sequence).await?;
    search::later(&mut writing, tenant, id).await?;
    if consultation.sealed.is_none() {
        count::add_sealed(&mut writing, &consultation.state).await?;
    }
    let entry = audit::Entry {
        at: now,
        actor: &Actor::System,
        action: "archive.sealed",
        subject: audit::Subject { kind: "archive", id: id.as_str() },
        detail: json!({ "sequence": sequence, "messages": counts.messages, "files": counts.files }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    let patient = conversation::load(&mut writing, &consultation.conversation)
        .await?
        .map(|conversation| conversation.patient_user);
    change::append(&mut writing, now, Kind::Consultation, id.as_str(), patient.as_ref().map(UserId::as_str)).await?;
    writing.commit().await?;
    anchor_head(tenant, &appended)?;
    Ok(Some(sequence))
}

/// Whose health it was about, for its first record.
fn person_of(tenant: &Tenant, consultation: &consultations::Record) -> Option<ArchivedPerson> {
    let person = consultation.person.as_ref().filter(|_| consultation.sealed.is_none())?;
    tenant.persons.by_id(person).map(|entry| present::archived_person(&entry))
}

/// A call that has ended, as it is sealed.
fn archived(tenant: &Tenant, call: &call::Record) -> Option<ArchivedCall> {
    let kind = match call.state.caller {
        CallSide::Patient => SenderKind::Patient,
        CallSide::Staff => SenderKind::Operator,
    };
    Some(ArchivedCall {
        id: call.id.clone(),
        kind: call.kind,
        caller: Sender { user_id: call.caller.clone(), name: tenant.name_of(&call.caller), kind },
        started_at: call.started_at,
        answered_at: call.state.answered_at(),
        ended_at: call.state.ended_at()?,
        outcome: call.state.outcome()?,
        decline_reason: call.decline_reason,
        talked_seconds: call.billable_ms / 1_000,
    })
}
