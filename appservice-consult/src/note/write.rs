//! Writing, editing, deleting and erasing notes. Each is one SQL transaction with its mentions, its audit entry and its change.

use serde_json::json;

use super::access::{self, Ground, Writer};
use super::error::NoteError;
use super::record::{self, Of, Record};
use super::{mention, text};
use crate::actor::Actor;
use crate::api::types::{NewNote, NoteChange};
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::record as consultations;
use crate::conversation;
use crate::ids::{ConsultationId, ConversationId, NoteId, OperatorId, PatientId};
use crate::operator::RULES_AUTHOR;
use crate::search;
use crate::store::{StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// How long an author may edit or delete what he wrote: long enough to see a slip, short enough that nobody has acted on it. Unit: seconds.
pub const AUTHOR_SECONDS: i64 = 3_600;

/// Writes a note on a conversation. The flag says whether it was written now; the same `request_id` gives the same note.
pub async fn write(
    tenant: &Tenant,
    id: &ConversationId,
    new: NewNote,
    by: Writer<'_>,
) -> Result<(Record, bool), NoteError> {
    let mut writing = tenant.store.write().await?;
    let written = write_within(&mut writing, tenant, id, new, by).await?;
    writing.commit().await?;
    Ok(written)
}

/// As [`write`], in a transaction that does more.
pub async fn write_within(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConversationId,
    new: NewNote,
    by: Writer<'_>,
) -> Result<(Record, bool), NoteError> {
    let body = text::checked(&new.text).map_err(NoteError::Invalid)?;
    let request_id = new.request_id.to_string();
    let conversation = conversation::load(writing, id).await?.ok_or(NoteError::NotFound)?;
    let ground = admitted(writing, tenant, id, by).await?;
    let mentions = wanted(tenant, new.mentions, &by.member.id, ground)?;
    let before = record::load_by_request(writing, &tenant.key, &by.member.id, &request_id).await?;
    if let Some(before) = before {
        return if before.conversation == *id { Ok((before, false)) } else { Err(NoteError::Changed) };
    }
    let latest = consultations::load_latest(writing, id).await?;
    let note = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        conversation: id.clone(),
        patient: conversation.patient,
        consultation: latest.map(|latest| latest.id),
        request_id,
        author: by.member.id.clone(),
        created_at: tenant.context.now(),
        edited_at: None,
        deleted: None,
        text: Some(body),
    };
    record::insert(writing, tenant, &note).await?;
    remember(writing, tenant, &note, by, "note.written").await?;
    mention::settle(writing, tenant, &note, &mentions, by).await?;
    Ok((note, true))
}

/// Writes a note for a rule of the desk, in the transaction of the step that it follows. Nobody may edit it; a supervisor may delete it.
///
/// Errors: `Invalid`, `NotFound`, before anything is written; `Store`.
pub async fn write_for_rule(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConversationId,
    text: &str,
    rule: &str,
) -> Result<Record, NoteError> {
    let text = text::checked(text).map_err(NoteError::Invalid)?;
    let conversation = conversation::load(writing, id).await?.ok_or(NoteError::NotFound)?;
    let latest = consultations::load_latest(writing, id).await?;
    let note = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        conversation: id.clone(),
        patient: conversation.patient,
        consultation: latest.map(|latest| latest.id),
        request_id: tenant.context.new_id(),
        author: RULES_AUTHOR.into(),
        created_at: tenant.context.now(),
        edited_at: None,
        deleted: None,
        text: Some(text),
    };
    record::insert(writing, tenant, &note).await?;
    tell(writing, tenant, &note, &Actor::System, Some(("rule", rule)), "note.written").await?;
    Ok(note)
}

/// Its author writes a note anew.
pub async fn edit(tenant: &Tenant, id: &NoteId, change: NoteChange, by: Writer<'_>) -> Result<Record, NoteError> {
    let body = text::checked(&change.text).map_err(NoteError::Invalid)?;
    let mut writing = tenant.store.write().await?;
    let (before, ground) = open(&mut writing, tenant, id, by).await?;
    if before.author != by.member.id {
        return Err(NoteError::NotAuthor);
    }
    in_time(tenant, &before)?;
    if before.version != change.version {
        return Err(NoteError::Changed);
    }
    let mentions = wanted(tenant, change.mentions, &by.member.id, ground)?;
    let now = tenant.context.now();
    let is_same = before.text.as_deref() == Some(body.as_str());
    let edited_at = if is_same { before.edited_at } else { Some(now) };
    let after = Record { version: before.version + 1, edited_at, text: Some(body), ..before.clone() };
    if !is_same {
        record::keep_version(&mut writing, tenant, &before).await?;
    }
    record::update(&mut writing, tenant, &after).await?;
    remember(&mut writing, tenant, &after, by, "note.edited").await?;
    mention::settle(&mut writing, tenant, &after, &mentions, by).await?;
    writing.commit().await?;
    Ok(after)
}

/// Its author in time, or a supervisor, deletes a note: its texts go, a tombstone stays.
pub async fn delete(tenant: &Tenant, id: &NoteId, by: Writer<'_>) -> Result<Record, NoteError> {
    let mut writing = tenant.store.write().await?;
    let (before, _) = open(&mut writing, tenant, id, by).await?;
    if !by.member.role.supervises() {
        if before.author != by.member.id {
            return Err(NoteError::NotAuthor);
        }
        in_time(tenant, &before)?;
    }
    let deleted = Some((tenant.context.now(), by.member.id.clone()));
    let after = Record { version: before.version + 1, deleted, text: None, ..before };
    record::update(&mut writing, tenant, &after).await?;
    record::forget_versions(&mut writing, id).await?;
    remember(&mut writing, tenant, &after, by, "note.deleted").await?;
    mention::settle(&mut writing, tenant, &after, &[], by).await?;
    writing.commit().await?;
    Ok(after)
}

/// Erases all notes on a patient, with their former texts and mentions, as a part of his erasure; returns how many there were.
pub async fn erase_patient(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    actor: &Actor,
) -> Result<u64, StoreError> {
    mention::remove(writing, tenant, Of::Patient(patient)).await?;
    search::later_of_patient(writing, tenant, patient).await?;
    let count = record::remove(writing, Of::Patient(patient)).await?;
    let (at, subject) = (tenant.context.now(), audit::Subject { kind: "patient", id: patient.as_str() });
    let detail = json!({ "notes": count });
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action: "patient.notes_erased", subject, detail })
        .await?;
    Ok(count)
}

/// Erases the notes that were written while a consultation was the latest, as a part of its erasure; returns how many there were.
pub async fn erase_consultation(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
) -> Result<u64, StoreError> {
    mention::remove(writing, tenant, Of::Consultation(id)).await?;
    record::remove(writing, Of::Consultation(id)).await
}

/// A note that is there, for who may read it.
async fn open(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &NoteId,
    by: Writer<'_>,
) -> Result<(Record, Ground), NoteError> {
    let note = record::load(writing, &tenant.key, id).await?.ok_or(NoteError::NotFound)?;
    let ground = admitted(writing, tenant, &note.conversation, by).await?;
    if note.deleted.is_some() {
        return Err(NoteError::Changed);
    }
    Ok((note, ground))
}

async fn admitted(
    writing: &mut Writing,
    tenant: &Tenant,
    conversation: &ConversationId,
    by: Writer<'_>,
) -> Result<Ground, NoteError> {
    access::admitted(writing, tenant, conversation, by.member).await
}

/// Whom a note is to name. Who is there by a mention alone brings in nobody else: a right that was lent is not lent on.
fn wanted(
    tenant: &Tenant,
    mentions: Vec<OperatorId>,
    author: &OperatorId,
    ground: Ground,
) -> Result<Vec<OperatorId>, NoteError> {
    let is_colleague = |id: &OperatorId| tenant.staff.present(id).is_some();
    let mentions = text::mentioned(mentions, author, is_colleague).map_err(NoteError::Invalid)?;
    if matches!(ground, Ground::Mentioned { .. }) && !mentions.is_empty() {
        return Err(NoteError::MayNotMention);
    }
    Ok(mentions)
}

fn in_time(tenant: &Tenant, note: &Record) -> Result<(), NoteError> {
    let is_late = tenant.context.now() >= note.created_at.plus_seconds(AUTHOR_SECONDS);
    if is_late { Err(NoteError::TooLate) } else { Ok(()) }
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    by: Writer<'_>,
    action: &str,
) -> Result<(), StoreError> {
    tell(writing, tenant, note, by.actor, by.by_macro.map(|title| ("macro", title)), action).await
}

/// `through`: what wrote it for him, and its name.
async fn tell(
    writing: &mut Writing,
    tenant: &Tenant,
    note: &Record,
    actor: &Actor,
    through: Option<(&str, &str)>,
    action: &str,
) -> Result<(), StoreError> {
    if let Some(consultation) = &note.consultation {
        search::later(writing, tenant, consultation).await?;
    }
    let at = tenant.context.now();
    let mut detail = json!({ "patient": note.patient, "conversation": note.conversation, "author": note.author });
    if let Some((what, name)) = through {
        detail[what] = json!(name);
    }
    let step = action.trim_start_matches("note.");
    webhook::enqueue(writing, tenant, webhook::of_note(note, step, at).into_iter().collect()).await?;
    let subject = audit::Subject { kind: "note", id: note.id.as_str() };
    audit::append(writing, &tenant.key, audit::Entry { at, actor, action, subject, detail }).await?;
    change::append(writing, at, Kind::Note, note.id.as_str(), None).await
}
