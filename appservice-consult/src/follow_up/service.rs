//! What staff does with follow-ups. Each is one SQL transaction with its audit entry and the change that tells consoles.

use serde_json::{Value, json};

use super::access::may_see;
use super::list::ListError;
use super::message::{self, Message};
use super::reach::{self, About, Words};
use super::record::{self, Record};
use super::state::{Ending, Phase, Refusal, State};
use crate::actor::Actor;
use crate::api::types::{FieldError, FollowUpChange, FollowUpMessageQuery, NewFollowUp};
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::{Record as Consultation, record as consultations, sight};
use crate::ids::{ConsultationId, FollowUpId, OperatorId, PatientId, QueueId};
use crate::operator::Member;
use crate::patient;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::webhook;

/// Open ones of a patient: a list of more is read by nobody.
const OPEN_MAX: i64 = 50;
/// Longest note. Unit: characters.
const NOTE_CHARACTERS_MAX: usize = 1_000;

/// A failure, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum FollowUpError {
    /// There is no such thing, or not for this member of staff.
    #[error("no such follow-up, patient or consultation")]
    NotFound,
    /// The patient's account is being deleted, or what was said in the consultation was erased.
    #[error("the patient left, or the record was erased")]
    Gone,
    /// A field cannot be so.
    #[error("a follow-up is not valid")]
    Invalid(FieldError),
    /// There are as many as there may be.
    #[error("there are too many follow-ups")]
    Full,
    /// It is over.
    #[error("the follow-up is over")]
    Over,
    /// Its message is on its way, or was sent.
    #[error("the message has left already")]
    Left,
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile")]
    Changed,
    /// The list could not be given.
    #[error(transparent)]
    List(#[from] ListError),
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] StoreError),
}

/// Who does something.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Who.
    pub member: &'a Member,
    /// The same, for the audit log.
    pub actor: &'a Actor,
}

/// One that a member of staff may see.
///
/// Errors: `NotFound`, `Store`.
pub async fn read(
    session: &mut Session,
    tenant: &Tenant,
    id: &FollowUpId,
    member: &Member,
) -> Result<Record, FollowUpError> {
    let known = record::load(session, &tenant.key, id).await?.filter(|known| may_see(member, known));
    known.ok_or(FollowUpError::NotFound)
}

/// Makes a follow-up. The flag says whether it was made now; the same `request_id` gives the same one.
///
/// Errors: `NotFound`, `Gone`, `Invalid`, `Full`, `Changed`, `Store`.
pub async fn create(tenant: &Tenant, new: NewFollowUp, by: By<'_>) -> Result<(Record, bool), FollowUpError> {
    let note = new.note.as_deref().map(checked_note).transpose()?.flatten();
    let message = new.message.as_deref().map(checked_message).transpose()?.flatten();
    let request_id = new.request_id.to_string();
    let mut writing = tenant.store.write().await?;
    if let Some(before) = record::load_by_request(&mut writing, &tenant.key, &by.member.id, &request_id).await? {
        return if before.patient == new.patient_id { Ok((before, false)) } else { Err(FollowUpError::Changed) };
    }
    must_be_there(&mut writing, tenant, &new.patient_id).await?;
    let about = about(&mut writing, (&new.patient_id, new.consultation_id.as_ref()), by.member).await?;
    if record::count_open(&mut writing, &new.patient_id).await? >= OPEN_MAX {
        return Err(FollowUpError::Full);
    }
    let operator = new.operator_id.clone().map(|id| known_operator(tenant, id)).transpose()?;
    let queue = if let Some(id) = new.queue_id.clone() {
        known_queue(tenant, id)?
    } else {
        let owner = operator.as_ref();
        usual_queue(&mut writing, tenant, about.as_ref(), (&new.patient_id, owner, by.member)).await?
    };
    let now = tenant.context.now();
    let state = State::new(new.due_at, (operator, queue), now).map_err(refused)?;
    let made = Record {
        id: tenant.context.new_id().into(),
        version: 1,
        patient: new.patient_id,
        consultation: new.consultation_id,
        request_id,
        created_at: now,
        created_by: by.member.id.clone(),
        state,
        ended_by: None,
        note,
        message: message.map(Message::planned),
    };
    must_reach(&mut writing, tenant, &made).await?;
    record::insert(&mut writing, tenant, &made).await?;
    remember(&mut writing, tenant, &made, by.actor, "follow_up.made").await?;
    writing.commit().await?;
    Ok((made, true))
}

/// With what a message to a patient begins, and whether it could be sent.
///
/// Errors: `NotFound`, `Gone`, `Invalid`, `Store`.
pub async fn words(
    session: &mut Session,
    tenant: &Tenant,
    query: &FollowUpMessageQuery,
    member: &Member,
) -> Result<Words, FollowUpError> {
    must_be_there(session, tenant, &query.patient_id).await?;
    let about = about(session, (&query.patient_id, query.consultation_id.as_ref()), member).await?;
    let queue = match query.queue_id.clone() {
        Some(id) => known_queue(tenant, id)?,
        None => usual_queue(session, tenant, about.as_ref(), (&query.patient_id, None, member)).await?,
    };
    let consultation = query.consultation_id.as_ref();
    let about = About { patient: &query.patient_id, consultation, queue: &queue };
    Ok(reach::words(session, tenant, about).await?)
}

async fn must_be_there(session: &mut Session, tenant: &Tenant, patient: &PatientId) -> Result<(), FollowUpError> {
    let known = patient::load(session, &tenant.key, patient).await?.ok_or(FollowUpError::NotFound)?;
    if known.deleted_at.is_some() { Err(FollowUpError::Gone) } else { Ok(()) }
}

/// A message that is planned has its time before it, and a conversation into which it can be sent.
async fn must_reach(session: &mut Session, tenant: &Tenant, record: &Record) -> Result<(), FollowUpError> {
    if !record.message.as_ref().is_some_and(Message::is_planned) {
        return Ok(());
    }
    if record.state.phase != Phase::Ahead {
        return Err(invalid("message", "Its time has come. Put it off, or write to the patient."));
    }
    match reach::room(session, tenant, record.into()).await? {
        Some(_) => Ok(()),
        None => Err(invalid("message", "There is no conversation with the patient yet in which it could stand.")),
    }
}

/// The consultation that it is about, which has to be the patient's and still there, and there for whoever plans it.
async fn about(
    session: &mut Session,
    (patient, id): (&PatientId, Option<&ConsultationId>),
    member: &Member,
) -> Result<Option<Consultation>, FollowUpError> {
    let Some(id) = id else { return Ok(None) };
    let is_there = |known: &Consultation| known.patient == *patient && sight::of(member, known).is_some();
    let known = consultations::load(session, id).await?.filter(is_there);
    let known = known.ok_or_else(|| invalid("consultation_id", "There is no such consultation of the patient."))?;
    if known.erased_at.is_some() { Err(FollowUpError::Gone) } else { Ok(Some(known)) }
}

/// Where nobody names one: that of the consultation, of the patient's last one of which its maker sees something, one that its owner or its maker serves, or the brand's first.
async fn usual_queue(
    session: &mut Session,
    tenant: &Tenant,
    about: Option<&Consultation>,
    (patient, owner, maker): (&PatientId, Option<&OperatorId>, &Member),
) -> Result<QueueId, FollowUpError> {
    if let Some(about) = about {
        return Ok(about.state.queue.clone());
    }
    let all = consultations::load_of_patient(session, patient).await?;
    if let Some(last) = all.into_iter().rfind(|one| sight::of(maker, one).is_some()) {
        return Ok(last.state.queue);
    }
    let owner = owner.and_then(|id| tenant.staff.by_id(id));
    let served = owner.and_then(|owner| owner.queues.first().cloned()).or_else(|| maker.queues.first().cloned());
    let brand = tenant.brand();
    let first = || brand.queues.first().map(|queue| QueueId::from(queue.id.as_str()));
    served.or_else(first).ok_or_else(|| invalid("queue_id", "Name a queue."))
}

/// Puts off, hands on, or says something else: about what is to be done, or to the patient.
///
/// Errors: `NotFound`, `Invalid`, `Over`, `Left`, `Changed`, `Store`.
pub async fn change(
    tenant: &Tenant,
    id: &FollowUpId,
    change: FollowUpChange,
    by: By<'_>,
) -> Result<Record, FollowUpError> {
    let note = change.note.as_ref().map(|note| note.as_deref().map(checked_note).transpose()).transpose()?;
    let message = change.message.as_ref().map(|text| text.as_deref().map(checked_message).transpose()).transpose()?;
    let mut writing = tenant.store.write().await?;
    let before = seen(&mut writing, tenant, id, by.member, change.version).await?;
    let state = moved(tenant, &before.state, change)?;
    let note = note.map_or_else(|| before.note.clone(), Option::flatten);
    let message = match message {
        Some(text) => {
            message::changed(before.message.as_ref(), text.flatten()).map_err(|message::Left| FollowUpError::Left)?
        }
        None => before.message.clone(),
    };
    if (&state, &note, &message) == (&before.state, &before.note, &before.message) {
        return Ok(before);
    }
    let action = match (&state, &before.state) {
        (is, was) if is.operator != was.operator || is.queue != was.queue => "follow_up.handed",
        (is, was) if is.due_at != was.due_at => "follow_up.put_off",
        _ => "follow_up.changed",
    };
    let after = Record { version: before.version + 1, state, note, message, ..before };
    must_reach(&mut writing, tenant, &after).await?;
    settle(writing, tenant, after, (by.actor, action)).await
}

/// At another time, in other hands.
fn moved(tenant: &Tenant, before: &State, change: FollowUpChange) -> Result<State, FollowUpError> {
    let now = tenant.context.now();
    let mut state = before.clone();
    if let Some(due_at) = change.due_at.filter(|due_at| *due_at != before.due_at) {
        state = state.put_off(due_at, now).map_err(refused)?;
    }
    if change.operator_id.is_some() || change.queue_id.is_some() {
        let operator = change.operator_id.unwrap_or_else(|| before.operator.clone());
        let operator = operator.map(|id| known_operator(tenant, id)).transpose()?;
        let queue = change.queue_id.map(|id| known_queue(tenant, id)).transpose()?;
        let queue = queue.unwrap_or_else(|| before.queue.clone());
        if (&operator, &queue) != (&before.operator, &before.queue) {
            state = state.handed_to(operator, queue, now).map_err(refused)?;
        }
    }
    Ok(state)
}

/// Somebody came back to it, or it is not needed any more.
///
/// Errors: `NotFound`, `Over`, `Changed`, `Store`.
pub async fn end(
    tenant: &Tenant,
    id: &FollowUpId,
    (ending, version): (Ending, i64),
    by: By<'_>,
) -> Result<Record, FollowUpError> {
    let mut writing = tenant.store.write().await?;
    let before = seen(&mut writing, tenant, id, by.member, version).await?;
    let state = before.state.ended(ending, tenant.context.now()).map_err(refused)?;
    let ended_by = Some(by.member.id.clone());
    let after = Record { version: before.version + 1, state, ended_by, ..before };
    let action = match ending {
        Ending::Done => "follow_up.done",
        Ending::Cancelled => "follow_up.cancelled",
    };
    settle(writing, tenant, after, (by.actor, action)).await
}

/// The one that a member of staff saw, as it stands.
async fn seen(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &FollowUpId,
    member: &Member,
    version: i64,
) -> Result<Record, FollowUpError> {
    let known = read(writing, tenant, id, member).await?;
    if !known.state.is_open() {
        return Err(FollowUpError::Over);
    }
    if known.version == version { Ok(known) } else { Err(FollowUpError::Changed) }
}

/// Writes a further version, its audit entry and the change that tells consoles; returns whether the version before was there.
pub(super) async fn write(
    writing: &mut Writing,
    tenant: &Tenant,
    after: &Record,
    (actor, action): (&Actor, &'static str),
) -> Result<bool, StoreError> {
    let is_written = record::update(writing, tenant, after).await?;
    if is_written {
        remember(writing, tenant, after, actor, action).await?;
    }
    Ok(is_written)
}

/// As [`write`], where it was seen as it stands.
async fn settle(
    mut writing: Writing,
    tenant: &Tenant,
    after: Record,
    told: (&Actor, &'static str),
) -> Result<Record, FollowUpError> {
    if !write(&mut writing, tenant, &after, told).await? {
        return Err(FollowUpError::Changed);
    }
    writing.commit().await?;
    Ok(after)
}

async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    record: &Record,
    actor: &Actor,
    action: &'static str,
) -> Result<(), StoreError> {
    let at = tenant.context.now();
    let subject = audit::Subject { kind: "follow_up", id: record.id.as_str() };
    let entry = audit::Entry { at, actor, action, subject, detail: detail(record) };
    audit::append(writing, &tenant.key, entry).await?;
    let step = action.strip_prefix("follow_up.").unwrap_or(action);
    webhook::enqueue(writing, tenant, webhook::of_follow_up(record, step, at).into_iter().collect()).await?;
    change::append(writing, at, Kind::FollowUp, record.id.as_str(), None).await
}

/// Whose it is, when, and how far its message is; not what it says.
fn detail(record: &Record) -> Value {
    json!({
        "patient": record.patient,
        "consultation": record.consultation,
        "due_at": record.state.due_at,
        "operator": record.state.operator,
        "queue": record.state.queue,
        "message": record.message.as_ref().map(|message| message.delivery.word()),
    })
}

fn known_operator(tenant: &Tenant, id: OperatorId) -> Result<OperatorId, FollowUpError> {
    let known = tenant.staff.by_id(&id);
    known.map(|_| id).ok_or_else(|| invalid("operator_id", "There is no such operator."))
}

fn known_queue(tenant: &Tenant, id: QueueId) -> Result<QueueId, FollowUpError> {
    let is_known = tenant.brand().queue(id.as_str()).is_some();
    if is_known { Ok(id) } else { Err(invalid("queue_id", "There is no such queue.")) }
}

fn checked_note(text: &str) -> Result<Option<String>, FollowUpError> {
    checked("note", text, NOTE_CHARACTERS_MAX)
}

fn checked_message(text: &str) -> Result<Option<String>, FollowUpError> {
    checked("message", text, message::TEXT_CHARACTERS_MAX)
}

/// Words without the space around them; of nothing they are none.
fn checked(field: &str, text: &str, most: usize) -> Result<Option<String>, FollowUpError> {
    let text = text.trim();
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.chars().count() > most || text.chars().any(is_control) {
        return Err(invalid(field, &format!("At most {most} characters, none of them control characters.")));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

fn invalid(field: &str, message: &str) -> FollowUpError {
    FollowUpError::Invalid(FieldError::new(field, message))
}

fn refused(refusal: Refusal) -> FollowUpError {
    match refusal {
        Refusal::Over => FollowUpError::Over,
        Refusal::BadTime => invalid("due_at", "A time in the next two years."),
        Refusal::NotDue => FollowUpError::Changed,
    }
}
