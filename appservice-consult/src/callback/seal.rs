//! Sealing a call-back that has ended: one transaction appends its record to the archive's chain and moves it to its last phase.

use serde_json::json;

use super::command::Command;
use super::error::CallbackError;
use super::record::{self, Record};
use super::state::Ending;
use super::transition::{Advanced, Circumstances, Step, advance, history};
use crate::actor::Actor;
use crate::api::types::{ActorKind, ArchivedCallback, ArchivedStep, CallbackRecord, CallbackWindow};
use crate::archive::{self, Counts, Subject};
use crate::audit;
use crate::ids::{CallbackId, OperatorId};
use crate::present;
use crate::search;
use crate::tenant::Tenant;
use crate::words::Word;

/// Version of the content's form.
const FORM: u32 = 1;

/// Seals a call-back that has ended; one that is sealed already stays as it is.
///
/// Errors: `NotFound`, `Refused`, `Contended`, `Archive`, `Store`.
pub async fn seal(tenant: &Tenant, id: &CallbackId) -> Result<(), CallbackError> {
    let mut writing = tenant.store.write().await?;
    let before = record::load(&mut writing, &tenant.key, id).await?.ok_or(CallbackError::NotFound)?;
    if before.sealed.is_some() {
        return Ok(());
    }
    let ending = before.state.phase.ending();
    let ending = ending.ok_or(super::Refusal::WrongPhase(before.state.phase.name()))?;
    let steps = history(&mut writing, &tenant.key, id).await?;
    let content = content(tenant, &before, ending, steps);
    let counts = Counts { messages: 0, files: 0 };
    let appended = archive::append(&mut writing, tenant, &Subject::Callback(id.clone()), &content, counts).await?;
    let circumstances =
        Circumstances { sealed: Some((appended.sequence, appended.sealed_at)), ..Circumstances::of(&Actor::System) };
    let now = before.time_of_next_step(tenant.context.now());
    match advance(&mut writing, tenant, &before, &Command::Sealed, circumstances, now).await? {
        Advanced::Written(_) => {}
        Advanced::Unchanged | Advanced::Contended => return Err(CallbackError::Contended),
    }
    search::later(&mut writing, tenant, id).await?;
    writing.commit().await?;
    Ok(archive::anchor_head(tenant, &appended)?)
}

fn content(tenant: &Tenant, record: &Record, ending: Ending, steps: Vec<Step>) -> ArchivedCallback {
    let person = record.person.as_ref().and_then(|id| tenant.persons.by_id(id));
    ArchivedCallback {
        form: FORM,
        callback: record.id.clone(),
        source: record.source,
        patient: record.patient.clone(),
        name: name_of(tenant, record),
        person: person.map(|entry| present::archived_person(&entry)),
        for_name: record.details.for_name.clone(),
        phone: record.details.phone.clone(),
        reason: record.details.reason.clone(),
        queue: record.queue.clone(),
        requested_at: record.state.requested_at,
        window: record.state.when.window().map(|(start, end)| CallbackWindow { start, end }),
        time_zone: record.time_zone.clone(),
        ending: ending.name(),
        outcome: ending.outcome(),
        note: record.note.clone(),
        attempts: record.state.attempts,
        history: steps.into_iter().map(|step| archived(tenant, record, step)).collect(),
        consent: record.consent.clone(),
    }
}

fn archived(tenant: &Tenant, record: &Record, step: Step) -> ArchivedStep {
    let name = match (step.kind, step.actor) {
        (ActorKind::Operator, Some(id)) => {
            tenant.staff.by_id(&OperatorId::from(id)).map(|member| member.name.clone()).unwrap_or_default()
        }
        (ActorKind::Patient, _) => name_of(tenant, record),
        (ActorKind::Partner, Some(id)) => tenant.api_keys.name_of(&id.into()),
        _ => String::new(),
    };
    ArchivedStep { at: step.at, actor: step.kind.word().to_owned(), name, action: step.action, note: step.note }
}

/// Whom it is about: the patient's name, else the one that was written into the form.
pub fn name_of(tenant: &Tenant, record: &Record) -> String {
    let patient = record.patient.as_ref().and_then(|id| tenant.patients.by_id(id));
    patient.map(|entry| entry.card.name.clone()).or_else(|| record.details.name.clone()).unwrap_or_default()
}

/// Opens the sealed record of a call-back for who may read it. The reading is recorded before anything is given out.
///
/// Errors: `NotFound`, `Archive`, `Store`.
pub async fn open(
    tenant: &Tenant,
    id: &CallbackId,
    actor: &Actor,
    may_read: impl FnOnce(&Record) -> bool,
) -> Result<CallbackRecord, CallbackError> {
    let mut writing = tenant.store.write().await?;
    let record = record::load(&mut writing, &tenant.key, id).await?.filter(may_read).ok_or(CallbackError::NotFound)?;
    let (sequence, sealed_at) = record.sealed.ok_or(CallbackError::NotFound)?;
    let (content, chain) = archive::open_one::<ArchivedCallback>(&mut writing, tenant, sequence).await?;
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor,
        action: "archive.read",
        subject: audit::Subject { kind: "callback", id: id.as_str() },
        detail: json!({ "sequence": sequence }),
    };
    audit::append(&mut writing, &tenant.key, entry).await?;
    writing.commit().await?;
    Ok(CallbackRecord { content, sealed_at, chain })
}
